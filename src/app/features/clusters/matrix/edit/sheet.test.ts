import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeNodesOf } from '../../../../../domain/plan/free-ledger.ts';
import { forecastPlan } from '../../../../../domain/plan/preview.ts';
import { orderGoals } from '../../../../../domain/plan/order.ts';
import { clusterOf, poolOf } from '../../../../testing/cluster-fixture.ts';
import { refusalText } from './note-text.ts';
import { gridKey } from './sheet-keys.ts';
import { openSheet, reduceSheet } from './sheet.ts';
import type { SheetAction, SheetContext, SheetState } from './sheet-state.ts';
import { changesOf, goalsOf, leftOf, NOTHING_STAGED, shortagesOf, takenBy } from './staged-cells.ts';
import { goalOf } from '../../../../../testing/harness/plan-steps.ts';

const fleet = (a = 5) =>
  new Map(
    [
      clusterOf({ '4c8g': a, gpu: 1 }, { id: 'a' }),
      clusterOf({ '4c8g': 3 }, { id: 'b' }),
      clusterOf({ gpu: 2 }, { id: 'other' }),
    ].map((each) => [each.id, each]),
  );
const sheet = (more: Partial<SheetContext> = {}): SheetContext => ({
  rows: ['a', 'b', 'other'],
  columns: ['4c8g', 'gpu'],
  clusters: fleet(),
  locked: null,
  denialOf: (id) => (id === 'other' ? 'It is not yours.' : null),
  ...more,
});
const run = (
  actions: readonly SheetAction[],
  context = sheet(),
  from = openSheet(NOTHING_STAGED, sheet()),
): SheetState => actions.reduce((state, action) => reduceSheet(state, action, context), from);
const at = (row: number, column: number, extend = false): SheetAction => ({
  kind: 'move',
  to: { row, column },
  extend,
});
const type = (typed: string): readonly SheetAction[] => [
  { kind: 'edit', typed: typed.slice(0, 1) },
  { kind: 'type', typed },
];
const down: SheetAction = { kind: 'commit', down: 1, right: 0 };
const stagedIn = (state: SheetState, context = sheet()) =>
  changesOf(state.staged, context.clusters).map((each) => `${each.clusterId} ${each.templateId} ${String(each.count)}`);

test('typing stages a cell and goes on below; what is typed back to what is held is no change', () => {
  const typed = run([at(1, 2), ...type('7'), down, ...type('1'), down]);
  expect(stagedIn(typed)).toEqual(['a 4c8g 7', 'b 4c8g 1']);
  expect(typed.active).toMatchObject({ row: 3, clusterId: 'other', templateId: '4c8g' });
  expect(stagedIn(run([at(1, 2), ...type('5'), down], sheet(), typed))).toEqual(['b 4c8g 1']);
});

test('what is no count stays in its field; an emptied field takes back, and never means 0', () => {
  const wrong = run([at(1, 2), ...type('1x'), down]);
  expect(wrong).toMatchObject({ editing: { typed: '1x' }, note: { kind: 'no-count', problem: 'not-whole' } });
  expect(stagedIn(wrong)).toEqual([]);
  const empty = run([
    at(1, 2),
    ...type('7'),
    down,
    at(1, 2),
    { kind: 'edit', typed: null },
    { kind: 'type', typed: '' },
    down,
  ]);
  expect(empty.editing).toBeNull();
  expect(stagedIn(empty)).toEqual([]);
  expect(run([at(1, 2), ...type('7'), { kind: 'cancel' }]).staged).toBe(NOTHING_STAGED);
});

test('nothing is typed into names, totals, a locked table or what is not yours to change, and each says why', () => {
  expect(run([at(1, 1), ...type('7')])).toMatchObject({ editing: null, note: { kind: 'no-count-here' } });
  expect(run([at(3, 2), ...type('7')])).toMatchObject({ editing: null, note: { reason: 'It is not yours.' } });
  expect(run([at(1, 2), ...type('7')], sheet({ locked: 'Too narrow.' }))).toMatchObject({
    editing: null,
    note: { reason: 'Too narrow.' },
  });
});

test('a cell is what it is, not where it is: rows that come and go meanwhile get nothing of it', () => {
  const editing = run([at(2, 2), ...type('9')]);
  const sorted = sheet({ rows: ['b', 'other', 'a'] });
  const done = reduceSheet(editing, down, sorted);
  expect(stagedIn(done, sorted)).toEqual(['b 4c8g 9']);
  expect(done.active).toMatchObject({ row: 2, clusterId: 'other' });
});

test('a table from a spreadsheet program fills what it covers, and says what it left out', () => {
  const pasted = run([at(1, 2), { kind: 'paste', text: '7\t2\r\n8\tmany\r\n9\t\r\n1\t1\r\n' }]);
  expect(stagedIn(pasted)).toEqual(['a 4c8g 7', 'a gpu 2', 'b 4c8g 8']);
  // `many`, what is not yours, and two beyond the last row.
  expect(pasted.note).toEqual({ kind: 'changed', cells: 3, skipped: 4 });
  expect(stagedIn(run([at(1, 2), at(2, 3, true), { kind: 'paste', text: '6' }]))).toEqual([
    'a 4c8g 6',
    'a gpu 6',
    'b 4c8g 6',
    'b gpu 6',
  ]);
});

test('names that were copied along must be those that stand there', () => {
  const named = run([at(0, 0), { kind: 'paste', text: 'ID\tTotal\t4c8g\tgpu\na\t6\t1\t1\nb\t3\t2\t0' }]);
  expect(stagedIn(named)).toEqual(['a 4c8g 1', 'b 4c8g 2']);
  const other = run([at(1, 0), { kind: 'paste', text: 'b\t6\t1\t1' }]);
  expect(other.note).toEqual({ kind: 'other-names' });
  expect(stagedIn(other)).toEqual([]);
});

test('filling down, taking back and discarding are undone and done again', () => {
  const filled = run([at(1, 2), ...type('7'), down, at(1, 2), at(2, 2, true), { kind: 'fill-down' }]);
  expect(stagedIn(filled)).toEqual(['a 4c8g 7', 'b 4c8g 7']);
  const empty = run([{ kind: 'take-back' }, { kind: 'discard' }], sheet(), filled);
  expect(stagedIn(empty)).toEqual([]);
  expect(stagedIn(run([{ kind: 'undo' }], sheet(), empty))).toEqual(['a 4c8g 7', 'b 4c8g 7']);
  expect(stagedIn(run([{ kind: 'undo' }, { kind: 'undo' }, { kind: 'redo' }], sheet(), empty))).toEqual([
    'a 4c8g 7',
    'b 4c8g 7',
  ]);
  expect(run([{ kind: 'undo' }]).note).toEqual({ kind: 'nothing-to-undo' });
});

test('the corner of a range fills what it is dragged over, over and over and one way only; Escape fills nothing', () => {
  const wide = sheet({ denialOf: () => null });
  const begun = run([at(1, 2), ...type('7'), down, at(1, 2), at(2, 2, true), { kind: 'fill-begin' }], wide);
  const to = (row: number, column: number): SheetAction => ({ kind: 'fill-to', to: { row, column } });
  const dragged = run([to(3, 2)], wide, begun);
  expect(dragged).toMatchObject({ active: { row: 1, column: 2 }, anchor: { row: 3, column: 2 } });
  expect(stagedIn(run([{ kind: 'fill-end' }], wide, dragged))).toEqual(['a 4c8g 7', 'other 4c8g 7']);
  expect(run([{ kind: 'fill-cancel' }], wide, dragged)).toMatchObject({ ...begun, filling: null });
  // Farther to the right than down, and back over where it began.
  const right = run([to(3, 2), to(2, 3), { kind: 'fill-end' }], wide, begun);
  expect(stagedIn(right)).toEqual(['a 4c8g 7', 'a gpu 7', 'b gpu 3']);
  expect(run([to(2, 2), { kind: 'fill-end' }], wide, begun)).toMatchObject({ staged: begun.staged, filling: null });
  // Upwards, from what is held; one step back takes it all back.
  const up = run([at(3, 3), { kind: 'fill-begin' }, to(0, 0), { kind: 'fill-end' }], wide);
  expect(stagedIn(up)).toEqual(['b gpu 2', 'a gpu 2'].toSorted());
  expect(up).toMatchObject({ active: { row: 3 }, anchor: { row: 1 } });
  expect(stagedIn(run([{ kind: 'undo' }], wide, up))).toEqual([]);
});

test("by keyboard it is filled down or to the right; where one column is chosen, that key stays the browser's", () => {
  expect(stagedIn(run([at(1, 2), at(1, 3, true), { kind: 'fill-right' }]))).toEqual(['a gpu 5']);
  expect(stagedIn(run([at(2, 3), { kind: 'fill-right' }]))).toEqual(['b gpu 3']);
  const key = { key: 'r', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };
  const grid = { active: { row: 1, column: 2 }, size: { rows: 4, columns: 4, page: 2 }, isEditable: true };
  expect(gridKey(key, { ...grid, hasRange: true, hasColumns: true })).toEqual({ kind: 'fill-right' });
  expect(gridKey(key, { ...grid, hasRange: true, hasColumns: false })).toBeNull();
  expect(gridKey({ ...key, ctrlKey: false, key: '７' }, { ...grid, hasRange: false, hasColumns: false })).toEqual({
    kind: 'edit',
    typed: '７',
  });
});

test.each(['-3', '+3', '.5'])('%s is refused, and not typed as what stands after its sign', (typed) => {
  const grid = { active: { row: 1, column: 2 }, size: { rows: 4, columns: 4, page: 2 }, isEditable: true };
  const noKeys = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, hasRange: false, hasColumns: false };
  expect(gridKey({ ...noKeys, key: typed.slice(0, 1) }, { ...grid, ...noKeys })).toMatchObject({ kind: 'edit' });
  const refused = run([at(1, 2), ...type(typed), down]);
  expect(refused).toMatchObject({ editing: { typed }, note: { kind: 'no-count', problem: 'not-whole' } });
});

test('whatever is pasted, it is told what was left out, and what was typed stays', () => {
  const typed = run([at(1, 2), ...type('7'), down]);
  const message = (text: string) => {
    const pasted = run([at(1, 2), { kind: 'paste', text }], sheet(), typed);
    return [stagedIn(pasted), pasted.note === null ? null : refusalText(pasted.note)];
  };
  const rest = 'left out: no count, not in the table, or not yours to change';
  expect(message('-1\t1e9')).toEqual([['a 4c8g 7'], `0 cells filled, 2 ${rest}`]);
  expect(message('９\t1,000')).toEqual([['a 4c8g 9'], `1 cell filled, 1 ${rest}`]);
  expect(message('<b>nonsense</b>')).toEqual([['a 4c8g 7'], `0 cells filled, 1 ${rest}`]);
  expect(message('1000000000')).toEqual([['a 4c8g 1000000000'], null]);
  expect(message(`${'8\t'.repeat(49)}8\n`.repeat(100))).toEqual([
    ['a 4c8g 8', 'a gpu 8', 'b 4c8g 8', 'b gpu 8'],
    `4 cells filled, 4,996 ${rest}`,
  ]);
  expect(message('1\n'.repeat(100_001))).toEqual([
    ['a 4c8g 7'],
    'Nothing was pasted: that is more than this table holds.',
  ]);
  // It does not stand beside what is done next.
  expect(run([at(1, 2), { kind: 'paste', text: 'x' }, at(2, 2)], sheet(), typed).note).toBeNull();
});

test('a cell that someone else changed says so, and holds only by choice', () => {
  const typed = run([at(1, 2), ...type('7'), down]);
  const later = sheet({ clusters: fleet(6) });
  expect(changesOf(typed.staged, later.clusters)).toMatchObject([{ base: 5, held: 6, count: 7, isMoved: true }]);
  const mine = reduceSheet(typed, { kind: 'keep-mine' }, later);
  expect(changesOf(mine.staged, later.clusters)).toMatchObject([{ base: 6, count: 7, isMoved: false }]);
  expect(stagedIn(reduceSheet(typed, { kind: 'take-theirs' }, later), later)).toEqual([]);
  // It has become what was typed.
  expect(changesOf(typed.staged, fleet(7))).toEqual([]);
  // The virtual cluster is gone.
  expect(changesOf(typed.staged, new Map())).toMatchObject([{ held: null, isMoved: true }]);
});

test('a plan takes each virtual cluster from what it has now, and leaves what is not typed', () => {
  const typed = run([at(1, 2), ...type('7'), down]);
  expect(goalsOf(changesOf(typed.staged, fleet()), fleet())).toEqual([
    goalOf('a', { '4c8g': 5, gpu: 1 }, { '4c8g': 7, gpu: 1 }),
  ]);
});

test('the shortages that light up are those of the plan', () => {
  const counts = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(2, 3), fc.nat(9)), { maxLength: 6 });
  fc.assert(
    fc.property(counts, fc.nat(4), fc.nat(4), (cells, free, gpus) => {
      const context = sheet();
      const pool = poolOf({ '4c8g': free, gpu: gpus });
      const state = run(
        cells.flatMap(([row, column, count]) => [at(row, column), ...type(String(count)), down]),
        context,
      );
      const changes = changesOf(state.staged, context.clusters);
      const [taken, nodes] = [takenBy(changes), freeNodesOf({ clusters: context.clusters, pool })];
      const short = shortagesOf(taken, leftOf(taken, nodes));
      const steps = orderGoals(goalsOf(changes, context.clusters), nodes);
      const { templates } = forecastPlan(steps, nodes);
      for (const { templateId, after, before } of templates) {
        expect(leftOf(taken, nodes).get(templateId) ?? before).toBe(after);
        if (after !== null && after < 0) expect(short.get(templateId)).toBe(-after);
        else expect(short.has(templateId)).toBe(false);
      }
    }),
  );
});
