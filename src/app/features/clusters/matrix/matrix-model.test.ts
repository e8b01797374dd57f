import { expect, test } from 'vitest';
import { known, unknown } from '../../../../domain/sourced.ts';
import { clusterOf } from '../../../testing/cluster-fixture.ts';
import { templateNodes } from '../../../../testing/harness/template-nodes.ts';
import { cellOf, heatOf, sortRows, totalOf } from './matrix-model.ts';

const failed = unknown('node-full', 'state');
const rowOf = (id: string, count: number, idle: number | null, dead = 0) => ({
  ...clusterOf({}, { id }),
  templates: [
    templateNodes('t', count, {
      idle: idle === null ? failed : known(idle, 'state'),
      dead: known(dead, 'liveness'),
    }),
  ],
});
const none = clusterOf({ other: 2 }, { id: 'none' });
const rows = [none, rowOf('a', 4, 4), rowOf('b', 8, 0), rowOf('c', 6, null), rowOf('d', 2, 1, 1)];

test('a cell is what is held, idle or dead; nothing where the template is not held, and unknown is never 0', () => {
  expect(cellOf(none, 't', 'held')).toBeNull();
  expect(cellOf(rowOf('a', 4, 3), 't', 'held')).toMatchObject({ known: true, value: 4 });
  expect(cellOf(rowOf('a', 4, 0), 't', 'idle')).toMatchObject({ known: true, value: 0 });
  expect(cellOf(rowOf('c', 6, null), 't', 'idle')).toEqual(failed);
});

test('a column sorts both ways with what is not known last', () => {
  const ids = (by: string | null, descending: boolean) => sortRows(rows, by, 'idle', descending).map(({ id }) => id);
  expect(ids('t', true)).toEqual(['a', 'd', 'b', 'none', 'c']);
  expect(ids('t', false)).toEqual(['none', 'b', 'd', 'a', 'c']);
  expect(ids(null, true)).toEqual(['none', 'a', 'b', 'c', 'd']);
});

test('a total says when it leaves something out', () => {
  expect(totalOf(rows, 't', 'held')).toEqual({ sum: 20, isWhole: true, most: 8 });
  expect(totalOf(rows, 't', 'idle')).toEqual({ sum: 5, isWhole: false, most: 4 });
});

test('heat: held by the largest of the column, idle and dead by what is held', () => {
  expect(heatOf(rowOf('a', 4, 4), 't', 'held', 8)).toBe(3);
  expect(heatOf(rowOf('a', 4, 4), 't', 'idle', 99)).toBe(5);
  expect(heatOf(rowOf('d', 100, 1, 1), 't', 'dead', 1)).toBe(1);
  expect(heatOf(rowOf('c', 6, null), 't', 'idle', 4)).toBe(0);
  expect(heatOf(none, 't', 'held', 8)).toBe(0);
});
