import { useRef } from 'react';
import { text } from '../../../../text/text.ts';
import { usePageShortcut } from '../../../../ui/use-page-shortcut.ts';
import { useSearchText } from '../../../../ui/use-search-text.ts';
import classes from './node-search-box.module.css';
import type { NodeSearch } from './use-node-search.ts';

interface NodeSearchBoxProps {
  readonly q: string;
  readonly found: NodeSearch;
  readonly change: (q: string) => void;
}

/** Searches for nodes, shows how many were found, and steps through them. `/` focuses the box from anywhere. */
export function NodeSearchBox({ q, found, change }: NodeSearchBoxProps) {
  const words = text.map.find;
  const input = useRef<HTMLInputElement>(null);
  const [typed, type] = useSearchText(q, change);
  usePageShortcut('/', () => input.current?.focus());
  const status = q === '' ? '' : statusText(found);
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
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            found.enter(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') type('');
        }}
      />
      <span role="status" className={classes['status']}>
        {status}
      </span>
      {canStep && (
        <span className={`button-group ${classes['steps'] ?? ''}`}>
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

function statusText(found: NodeSearch): string {
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
