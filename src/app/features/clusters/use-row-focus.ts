import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';

const LINK = '[data-row-link]';

/**
 * The keyboard in the table's rows: up, down, home and end move between rows; the row that has the focus stays drawn
 * wherever the list is scrolled; and when what was open beside the list closes, its row (or the one that stands in its
 * place) has the focus again. Right and left open and close what is nested in a row; x and the space bar choose it. `ids`: the rows in order.
 */
export function useRowFocus(parts: {
  readonly body: RefObject<HTMLTableSectionElement | null>;
  readonly ids: readonly string[];
  readonly selectedId: string | null;
  /** Receives the focus when no row is left. */
  readonly fallback: RefObject<HTMLElement | null>;
  readonly onOpen: (id: string, isOpened: boolean) => void;
  readonly onChoose: (id: string, isRange: boolean) => void;
}) {
  const { body, ids, selectedId, fallback, onOpen, onChoose } = parts;
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const pending = useRef<string | null>(null);
  const before = useRef<{ readonly id: string; readonly index: number } | null>(null);

  /** The row that got the focus when what was open closed, for as long as it has it: it may go a moment later, as one that was just deleted does. */
  const held = useRef<{ readonly id: string; readonly index: number } | null>(null);

  function focusRow(index: number) {
    const id = ids[Math.max(0, Math.min(index, ids.length - 1))];
    if (id === undefined) return;
    const drawn = linkOf(body.current, id);
    if (drawn !== null) {
      drawn.focus();
      return;
    }
    // Rendered first; the effect below then focuses it.
    pending.current = id;
    setFocusedId(id);
  }

  useLayoutEffect(() => {
    if (pending.current === null) return;
    const drawn = linkOf(body.current, pending.current);
    pending.current = null;
    drawn?.focus();
  });

  useEffect(() => {
    const was = before.current ?? held.current;
    if (selectedId !== null) {
      held.current = null;
      const index = ids.indexOf(selectedId);
      if (index >= 0 || was?.id !== selectedId) before.current = { id: selectedId, index: Math.max(0, index) };
      return;
    }
    before.current = null;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (was === null) return;
    const index = ids.indexOf(was.id);
    held.current = index >= 0 && (isLost || held.current !== null) ? { id: was.id, index } : null;
    if (!isLost) return;
    if (ids.length === 0) fallback.current?.focus();
    else focusRow(index >= 0 ? index : was.index);
  });

  return {
    focusedId,
    onFocus(event: FocusEvent<HTMLTableSectionElement>) {
      const id = rowId(event.target);
      if (id !== null) setFocusedId(id);
    },
    onBlur() {
      held.current = null;
    },
    onKeyDown(event: KeyboardEvent<HTMLTableSectionElement>) {
      const id = rowId(event.target);
      if (id === null || event.ctrlKey || event.metaKey || event.altKey) return;
      const isOnRow = event.target instanceof Element && event.target.matches(LINK);
      if (isOnRow && (event.key === ' ' || event.key.toLowerCase() === 'x')) {
        event.preventDefault();
        onChoose(id, event.shiftKey);
        return;
      }
      if (event.shiftKey) return;
      if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
        event.preventDefault();
        onOpen(id, event.key === 'ArrowRight');
        return;
      }
      const index = ids.indexOf(id);
      const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: ids.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      focusRow(to);
    },
  };
}

function linkOf(body: HTMLElement | null, id: string): HTMLElement | null {
  const rows = body?.querySelectorAll<HTMLElement>('tr[data-id]') ?? [];
  for (const row of rows) if (row.dataset['id'] === id) return row.querySelector<HTMLElement>(LINK);
  return null;
}

function rowId(target: EventTarget): string | null {
  // A row's menu is elsewhere in the document and handles its own keys.
  return target instanceof Element ? (target.closest<HTMLElement>('tr[data-id]')?.dataset['id'] ?? null) : null;
}
