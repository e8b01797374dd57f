import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { text } from '../../text/text.ts';
import type { Toast } from './toast-store.ts';
import { useToasts, useToastStore } from './toasts-context.tsx';
import classes from './toast-region.module.css';

const words = text.shell.toasts;

/** How many are shown; of older ones, which come up when these go, only the number. */
const MAX_SHOWN = 3;

/**
 * The messages, at the bottom of the screen over what stands there, so that nothing moves. The key leads to the newest one,
 * Escape closes the one with the focus, and none goes away while the pointer or the focus is on them.
 */
export function ToastRegion() {
  const store = useToastStore();
  const toasts = useToasts();
  const region = useRef<HTMLElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const hidden = toasts.length - MAX_SHOWN;

  const isEmpty = toasts.length === 0;
  useEffect(() => {
    document.documentElement.toggleAttribute('data-toasts', !isEmpty);
    return () => document.documentElement.removeAttribute('data-toasts');
  }, [isEmpty]);

  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const newest = region.current?.querySelector<HTMLElement>('[data-toast]');
      if (event.key !== words.key || event.defaultPrevented || newest === null || newest === undefined) return;
      event.preventDefault();
      if (region.current?.contains(document.activeElement) !== true) cameFrom.current = document.activeElement;
      newest.focus();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);

  function giveFocusBack() {
    const { current } = cameFrom;
    if (current instanceof HTMLElement && current.isConnected && current !== document.body) current.focus();
    else document.getElementById('content')?.focus();
  }

  function dismiss(id: string) {
    if (region.current?.contains(document.activeElement) === true) giveFocusBack();
    store.dismiss(id);
  }

  function keyDown(event: KeyboardEvent, id: string) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    dismiss(id);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- They only notice that somebody looks.
    <section
      ref={region}
      aria-label={words.label}
      className={`screen-only ${classes['region'] ?? ''}`}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setFocused(false);
      }}
    >
      {hidden > 0 && <p className={classes['more']}>{words.more(hidden)}</p>}
      {toasts.slice(0, MAX_SHOWN).map((toast) => (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape works from whatever is in it.
        <div
          key={toast.id}
          data-toast
          tabIndex={-1}
          className={classes['toast']}
          onKeyDown={(event) => keyDown(event, toast.id)}
        >
          <div className={classes['content']}>{toast.content}</div>
          <button type="button" className={`icon-button ${classes['close'] ?? ''}`} onClick={() => dismiss(toast.id)}>
            <span aria-hidden="true">✕</span>
            <span className="visually-hidden">{words.dismiss}</span>
          </button>
          {!isHovered && !isFocused && <Expiry toast={toast} />}
        </div>
      ))}
    </section>
  );
}

/** Counts a toast's time from the moment that nobody looks at it. */
function Expiry({ toast: { id, staysFor } }: { readonly toast: Toast }) {
  const store = useToastStore();
  useEffect(() => {
    const timer = setTimeout(() => store.dismiss(id), staysFor);
    return () => clearTimeout(timer);
  }, [store, id, staysFor]);
  return null;
}
