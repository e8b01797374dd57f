import type { LinkHolder } from '../../../../routing/map-query.ts';
import { moveCard } from './card-cursor.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import { moveCursor } from './keyboard-cursor.ts';
import { holderOf, type Group, type Layout } from '../layout/layout.ts';
import type { Section } from '../layout/map-model.ts';
import { ZOOM_STEP } from '../layout/viewport.ts';

/** Where the keyboard is: at a card, else at a node, else nowhere yet. */
export interface KeyboardPlace {
  readonly cell: Cell | null;
  readonly card: Group | null;
}

/** What a key asks for. */
export type KeyAction =
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'fit' }
  | { readonly kind: 'go'; readonly to: KeyboardPlace }
  | { readonly kind: 'open-node'; readonly cell: Cell }
  | { readonly kind: 'open-card'; readonly card: LinkHolder };

/** The meaning of a key pressed on the map; null where it has none, and is for somebody else. */
export function keyAction(
  key: string,
  at: KeyboardPlace,
  layout: Layout | null,
  sections: ReadonlyMap<string, Section>,
): KeyAction | null {
  if (key === '+' || key === '=') return { kind: 'zoom', factor: ZOOM_STEP };
  if (key === '-') return { kind: 'zoom', factor: 1 / ZOOM_STEP };
  if (key === '0') return { kind: 'fit' };
  if (layout === null) return null;
  return at.card === null
    ? actionAtCell(key, at.cell, layout, sections)
    : actionAtCard(key, at.card, at.cell, layout, sections);
}

function actionAtCell(
  key: string,
  cell: Cell | null,
  layout: Layout,
  sections: ReadonlyMap<string, Section>,
): KeyAction | null {
  if (key === 'Enter') return cell === null ? null : { kind: 'open-node', cell };
  if (key === 'Escape') {
    if (cell === null || layout.grouping !== 'cluster') return null;
    const card = layout.groups.find(({ blocks }) => blocks.some(({ section }) => section === cell.section)) ?? null;
    return { kind: 'go', to: { cell, card } };
  }
  const next = moveCursor(layout, sections, cell, key);
  return next === null ? null : { kind: 'go', to: { cell: next, card: null } };
}

function actionAtCard(
  key: string,
  card: Group,
  cell: Cell | null,
  layout: Layout,
  sections: ReadonlyMap<string, Section>,
): KeyAction | null {
  if (key === 'Enter') {
    const first = card.blocks[0];
    const to = first === undefined ? cell : moveCursor(layout, sections, { section: first.section, slot: 0 }, 'Home');
    return { kind: 'go', to: { cell: to, card: null } };
  }
  if (key === ' ') {
    const holder = holderOf(card);
    return holder === null ? null : { kind: 'open-card', card: holder };
  }
  if (key === 'Escape') return { kind: 'go', to: { cell: null, card: null } };
  const next = moveCard(layout, card, key);
  return next === null ? null : { kind: 'go', to: { cell, card: next } };
}
