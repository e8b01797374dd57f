import { expect, test } from 'vitest';
import { NONE_SELECTED, reduceSelection, type RowSelection } from './row-selection.ts';

const rows = ['a', 'b', 'c', 'd'];
const toggle = (from: RowSelection, id: string, isRange = false) =>
  reduceSelection(from, { kind: 'toggle', id, isRange, rows });
const idsOf = ({ ids }: RowSelection) => [...ids].toSorted().join(' ');

test('a range reaches from the last one, in either direction, and does to all what was done to that', () => {
  const three = toggle(toggle(NONE_SELECTED, 'c'), 'a', true);
  expect(idsOf(three)).toBe('a b c');
  expect(idsOf(toggle(toggle(three, 'b'), 'd', true))).toBe('a');
  // The last one is filtered out: there is no range.
  const filtered = reduceSelection(three, { kind: 'toggle', id: 'd', isRange: true, rows: ['d'] });
  expect(idsOf(filtered)).toBe('a b c d');
});

test('all that are shown are chosen beside those that are not, and left out the next time', () => {
  const shown = ['b', 'c'];
  const all = reduceSelection(toggle(NONE_SELECTED, 'd'), { kind: 'toggle-all', rows: shown });
  expect(idsOf(all)).toBe('b c d');
  expect(idsOf(reduceSelection(all, { kind: 'toggle-all', rows: shown }))).toBe('d');
  expect(reduceSelection(all, { kind: 'clear' })).toBe(NONE_SELECTED);
});
