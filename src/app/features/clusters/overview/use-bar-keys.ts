import { useEffect, useRef, type KeyboardEvent } from 'react';

/**
 * The bars are one stop of the Tab key; arrows move between their parts: left and right within a bar, up and down to the
 * same place of another one.
 */
export function useBarKeys() {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const all = buttonsIn(list.current);
    // A part may have gone since it had the focus last.
    if (all.length > 0 && !all.some(({ tabIndex }) => tabIndex === 0)) focusable(all, all[0]);
  });
  return {
    ref: list,
    onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
      const { target } = event;
      if (!(target instanceof HTMLButtonElement) || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = nextButton(list.current, target, event.key);
      if (to === undefined) return;
      event.preventDefault();
      focusable(buttonsIn(list.current), to);
      to.focus();
    },
  };
}

function nextButton(list: HTMLElement | null, from: HTMLButtonElement, key: string): HTMLButtonElement | undefined {
  const all = buttonsIn(list);
  switch (key) {
    case 'ArrowLeft':
      return all[all.indexOf(from) - 1];
    case 'ArrowRight':
      return all[all.indexOf(from) + 1];
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    case 'ArrowUp':
    case 'ArrowDown': {
      const bars = [...(list?.children ?? [])].map(buttonsIn).filter((bar) => bar.length > 0);
      const at = bars.findIndex((bar) => bar.includes(from));
      const bar = bars[at + (key === 'ArrowUp' ? -1 : 1)];
      return bar?.[Math.min(bars[at]?.indexOf(from) ?? 0, bar.length - 1)];
    }
    default:
      return undefined;
  }
}

function buttonsIn(element: Element | null): readonly HTMLButtonElement[] {
  return [...(element?.querySelectorAll<HTMLButtonElement>('button[data-part]') ?? [])];
}

function focusable(all: readonly HTMLButtonElement[], one: HTMLButtonElement | undefined): void {
  for (const each of all) each.tabIndex = each === one ? 0 : -1;
}
