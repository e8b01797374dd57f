import { useEffect, useRef, useState } from 'react';
import { text } from '../../../text/text.ts';
import { isShortcut } from '../../../ui/keyboard-shortcut.ts';
import classes from './map-screen.module.css';
import type { NodeSearch } from './use-node-search.ts';

interface NodeSearchBoxProps {
  readonly q: string;
  readonly found: NodeSearch;
  readonly change: (q: string) => void;
}

/** How long typing rests before nodes are looked for, ms. */
const SEARCH_DEBOUNCE_MS = 200;

/** Looks for nodes; says how many there are, and goes from one to the next. */
export function NodeSearchBox({ q, found, change }: NodeSearchBoxProps) {
  const words = text.map.find;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(q);
  const [applied, setApplied] = useState(q);
  // Somebody else's change, as by the browser's Back: what stands in the box follows.
  if (q !== applied) {
    setApplied(q);
    setTyped(q);
  }
  useEffect(() => {
    if (typed.trim() === applied) return undefined;
    const timer = setTimeout(() => {
      setApplied(typed.trim());
      change(typed.trim());
    }, SEARCH_DEBOUNCE_MS);
    return () => clearTimeout(timer);
  });
  useEffect(() => {
    function pressed(event: globalThis.KeyboardEvent): void {
      if (!isShortcut(event, '/')) return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
  const said = q === '' ? '' : saidOf(found);
  const canStep = found.state === 'found' && found.cells !== null && found.cells.length > 1;
  return (
    <search className={classes['find']}>
      <input
        ref={input}
        type="search"
        className={`native-field ${classes['input'] ?? ''}`}
        aria-label={words.label}
        placeholder={words.placeholder}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            found.step(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') setTyped('');
        }}
      />
      <span role="status" className={classes['said']}>
        {said}
      </span>
      {canStep && (
        <span className={classes['steps']}>
          <button type="button" aria-label={words.previous} title={words.previous} onClick={() => found.step(-1)}>
            <span aria-hidden="true">‹</span>
          </button>
          <button type="button" aria-label={words.next} title={words.next} onClick={() => found.step(1)}>
            <span aria-hidden="true">›</span>
          </button>
        </span>
      )}
    </search>
  );
}

function saidOf(found: NodeSearch): string {
  const words = text.map.find;
  switch (found.state) {
    case 'looking':
      return words.searching;
    case 'failed':
      return words.failed(found.why);
    case 'found': {
      const shown = found.cells?.length ?? 0;
      if (found.total === 0) return words.none;
      if (shown < found.total && shown > 0) return words.atSome(found.index, shown, found.total);
      return shown > 1 ? words.at(found.index, shown) : words.found(found.total);
    }
  }
}
