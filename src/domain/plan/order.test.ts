import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFreeLedger, type FreeNodes } from './free-ledger.ts';
import { orderGoals } from './order.ts';
import { forecastPlan } from './preview.ts';
import { movesOf, type Goal, type PlanStep } from './plan.ts';
import { goalOf } from '../../testing/harness/plan-steps.ts';

/** 300 generated plans; `PLAN_RUNS=10000 npx vitest run src/domain/plan` tries that many. */
const RUNS = Number(process.env['PLAN_RUNS'] ?? '300');

const templates = ['4c8g', 'gpu'] as const;

const free = (counts: Readonly<Record<string, number | null>>): FreeNodes => new Map(Object.entries(counts));

const idsOf = (steps: readonly PlanStep[]) => steps.map(({ id }) => id);

describe('the order of a plan', () => {
  test('is deletions, shrinks, mixed goals, creations, growths', () => {
    const goals = [
      goalOf('grows', { '4c8g': 1 }, { '4c8g': 2 }),
      goalOf('new', null, { '4c8g': 1 }),
      goalOf('both', { '4c8g': 1 }, { gpu: 1 }),
      goalOf('shrinks', { '4c8g': 2 }, { '4c8g': 1 }),
      goalOf('gone', { '4c8g': 1, gpu: 1 }, null),
      goalOf('same', { '4c8g': 1 }, { '4c8g': 1 }),
    ];
    expect(idsOf(orderGoals(goals, free({ '4c8g': 0, gpu: 0 })))).toEqual(['gone', 'shrinks', 'both', 'new', 'grows']);
  });

  test('keeps empty virtual clusters that are created or deleted', () => {
    const goals = [goalOf('new', null, {}), goalOf('gone', {}, null)];
    expect(idsOf(orderGoals(goals, free({})))).toEqual(['gone', 'new']);
  });

  test('cuts a goal in two only where two wait for each other', () => {
    const goals = [goalOf('a', { '4c8g': 2 }, { gpu: 1 }), goalOf('b', { gpu: 1 }, { '4c8g': 2 })];
    const steps = orderGoals(goals, free({ '4c8g': 0, gpu: 0 }));
    expect(steps).toMatchObject([
      { id: 'a#give', from: { '4c8g': 2 }, to: { '4c8g': 0, gpu: 0 } },
      { id: 'b', from: { gpu: 1 }, to: { '4c8g': 2 } },
      { id: 'a#take', from: { '4c8g': 0, gpu: 0 }, to: { gpu: 1 } },
    ]);
    expect(idsOf(orderGoals(goals, free({ '4c8g': 0, gpu: 1 })))).toEqual(['a', 'b']);
  });

  test('puts what fits before what does not', () => {
    const goals = [goalOf('large', null, { gpu: 9 }), goalOf('small', null, { gpu: 1 })];
    expect(idsOf(orderGoals(goals, free({ gpu: 2 })))).toEqual(['small', 'large']);
  });
});

const counts = fc.record({ '4c8g': fc.nat({ max: 3 }), gpu: fc.nat({ max: 3 }) });
const anyGoals = fc
  .array(
    fc
      .tuple(fc.option(counts, { freq: 5 }), fc.option(counts, { freq: 5 }))
      .filter(([from, to]) => from !== null || to !== null),
    { maxLength: 5 },
  )
  .map((all) => all.map(([from, to], index) => goalOf(`c${String(index)}`, from, to)));
const anyFree = fc
  .record({ '4c8g': fc.integer({ min: -2, max: 4 }), gpu: fc.integer({ min: -2, max: 4 }) })
  .map((all) => free(all));

function permutations<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length === 0) return [[]];
  return all.flatMap((each, index) => permutations(all.toSpliced(index, 1)).map((rest) => [each, ...rest]));
}

/** Whether each goal, whole and in this order, finds its nodes. */
function fitsInOrder(goals: readonly Goal[], there: FreeNodes): boolean {
  const ledger = createFreeLedger(there);
  return goals.every((each) => {
    const moves = movesOf(each);
    const isFitting = moves.every((move) => ledger.fits(move));
    ledger.book(moves);
    return isFitting;
  });
}

/** Whether the nodes are enough once everything that is given back has been: no order can do with less. */
function fitsInAll(goals: readonly Goal[], there: FreeNodes): boolean {
  return templates.every((templateId) => {
    const moves = goals.flatMap(movesOf).filter((move) => move.templateId === templateId);
    if (!moves.some(({ taken }) => taken > 0)) return true;
    return (there.get(templateId) ?? 0) >= moves.reduce((sum, { taken }) => sum + taken, 0);
  });
}

test(
  'finds an order whenever there is one, of whole goals or of their parts',
  () => {
    fc.assert(
      fc.property(anyGoals, anyFree, (goals, there) => {
        const steps = orderGoals(goals, there);
        const fits = fitsInOrder(steps, there);
        expect(fits).toBe(fitsInAll(goals, there));
        expect(fits || !permutations(goals).some((each) => fitsInOrder(each, there))).toBe(true);
        expect(forecastPlan(steps, there).firstShort === null).toBe(fits);
      }),
      { numRuns: RUNS },
    );
  },
  Math.max(5_000, 10 * RUNS),
);

test(
  'leads to what the goals say, each part from where the one before it led',
  () => {
    fc.assert(
      fc.property(anyGoals, anyFree, (goals, there) => {
        const now = new Map(goals.map(({ clusterId, from }) => [clusterId, from]));
        for (const { clusterId, from, to } of orderGoals(goals, there)) {
          expect(now.get(clusterId)).toEqual(from);
          now.set(clusterId, to);
        }
        for (const { clusterId, from, to } of goals) {
          const end = now.get(clusterId) ?? null;
          const unchanged = movesOf({ clusterId, divisible: false, from: end, to }).length === 0;
          expect(unchanged && (end === null) === (to === null || (from === null && to === null))).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  },
  Math.max(5_000, 10 * RUNS),
);

test('says by how much a plan does not fit', () => {
  const steps = orderGoals([goalOf('a', null, { gpu: 3 }), goalOf('b', null, { gpu: 2 })], free({ gpu: 1 }));
  expect(forecastPlan(steps, free({ gpu: 1 }))).toMatchObject({
    firstShort: 'a',
    templates: [{ templateId: 'gpu', before: 1, after: -4, shortage: 4 }],
  });
});

test('takes what is unknown for enough, and says that it is unknown', () => {
  const steps = orderGoals([goalOf('a', null, { gpu: 3 })], free({ gpu: null }));
  expect(forecastPlan(steps, free({ gpu: null }))).toMatchObject({
    firstShort: null,
    templates: [{ templateId: 'gpu', before: null, after: null, shortage: 0 }],
  });
});
