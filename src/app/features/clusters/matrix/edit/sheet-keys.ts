import { nextCell, type GridCell } from '../grid-keys.ts';
import type { SheetAction } from './sheet-state.ts';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

interface GridAsKeysSeeIt {
  readonly active: GridCell;
  readonly size: { readonly rows: number; readonly columns: number; readonly page: number };
  readonly hasRange: boolean;
  /** Whether the selection holds several columns. */
  readonly hasColumns: boolean;
  /** Whether a count can be typed in the active cell; elsewhere Enter opens or sorts. */
  readonly isEditable: boolean;
}

/** What a key does in the grid while no cell is edited; null: nothing, so that it stays the page's or the browser's. `open`: Enter where nothing can be typed. */
export function gridKey(event: Key, grid: GridAsKeysSeeIt): SheetAction | 'open' | null {
  const { key, shiftKey } = event;
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    switch (key.toLowerCase()) {
      case 'a':
        return { kind: 'select-all' };
      case 'd':
        return { kind: 'fill-down' };
      // Otherwise the browser would take it, and reload the page.
      case 'r':
        return grid.hasColumns && !shiftKey ? { kind: 'fill-right' } : null;
      case 'z':
        return { kind: shiftKey ? 'redo' : 'undo' };
      case 'y':
        return { kind: 'redo' };
      case 'home':
      case 'end':
        break;
      default:
        return null;
    }
  }
  const to = nextCell(grid.active, event, grid.size);
  if (to !== null) return { kind: 'move', to, extend: shiftKey };
  switch (key) {
    case 'Enter':
      return grid.isEditable ? { kind: 'edit', typed: null } : 'open';
    case 'F2':
      return { kind: 'edit', typed: null };
    case 'Delete':
    case 'Backspace':
      return { kind: 'take-back' };
    case 'Escape':
      return grid.hasRange ? { kind: 'collapse' } : null;
    default:
      return beginsNumber(key) ? { kind: 'edit', typed: key } : null;
  }
}

/** What a key does in the field of a cell; null: what it does in any field. */
export function fieldKey({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): SheetAction | null {
  if (ctrlKey || metaKey || altKey) return null;
  const back = shiftKey ? -1 : 1;
  switch (key) {
    case 'Enter':
      return { kind: 'commit', down: back, right: 0 };
    case 'Tab':
      return { kind: 'commit', down: 0, right: back };
    case 'ArrowUp':
      return { kind: 'commit', down: -1, right: 0 };
    case 'ArrowDown':
      return { kind: 'commit', down: 1, right: 0 };
    case 'Escape':
      return { kind: 'cancel' };
    default:
      return null;
  }
}

/** Digits also as a Chinese or Japanese keyboard gives them. A sign or a point is for the field to refuse: left out here, `-3` would be 3. */
function beginsNumber(key: string): boolean {
  return /^[0-9\uFF10-\uFF19+\-.,]$/.test(key);
}
