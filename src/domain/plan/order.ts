import { countOf, replicaSetsOf, templatesOf, type ReplicaSets } from '../replica-sets.ts';
import { createFreeLedger, type FreeNodes } from './free-ledger.ts';
import { directionOf, movesOf, type Direction, type Goal, type Move, type PlanStep } from './plan.ts';

/**
 * Orders the goals of a plan: deletions, then shrinks, then what both gives and takes, then creations and growths; otherwise as
 * given. If the goals fit in any order, whole or in parts, every step of this order finds its nodes:
 *
 * - Giving back never needs anything, so all of it may come first, and then growths fit in any order or in none.
 * - A mixed goal stays one step where its nodes are there by then. Where no mixed goal fits, the first is cut in two: what it
 *   gives back now, what it takes at the end.
 *
 * Goals that change nothing are left out. What fits comes before what does not.
 */
export function orderGoals(goals: readonly Goal[], free: FreeNodes): readonly PlanStep[] {
  const ledger = createFreeLedger(free);
  const steps: PlanStep[] = [];
  const add = ({ goal, moves, part }: Part) => {
    ledger.book(moves);
    steps.push({ ...goal, id: `${goal.clusterId}${part}` });
  };
  /** The first that finds its nodes, else the first; it is taken out. */
  const takeNext = (parts: Part[]): { readonly part: Part; readonly fits: boolean } | null => {
    const fitting = parts.findIndex(({ moves }) => moves.every((move) => ledger.fits(move)));
    const [part] = parts.splice(Math.max(0, fitting), 1);
    return part === undefined ? null : { part, fits: fitting >= 0 };
  };

  const whole = goals.map((goal) => partOf(goal));
  const byDirection = (direction: Direction) => whole.filter((each) => each.direction === direction);
  const unmoved = byDirection('none');
  const giving = [...byDirection('gives'), ...unmoved.filter(({ goal }) => isDeletion(goal) && goal.from !== null)];
  for (const each of [
    ...giving.filter(({ goal }) => isDeletion(goal)),
    ...giving.filter(({ goal }) => !isDeletion(goal)),
  ])
    add(each);

  const growths = [...byDirection('takes'), ...unmoved.filter(({ goal }) => isCreation(goal))];
  const late = [...growths.filter(({ goal }) => isCreation(goal)), ...growths.filter(({ goal }) => !isCreation(goal))];
  const mixed = byDirection('mixed');
  for (let next = takeNext(mixed); next !== null; next = takeNext(mixed)) {
    const { goal } = next.part;
    if (next.fits) add(next.part);
    else {
      const between = keptBy(goal);
      add(partOf({ ...goal, to: between }, '#give'));
      late.push(partOf({ ...goal, from: between }, '#take'));
    }
  }
  for (let next = takeNext(late); next !== null; next = takeNext(late)) add(next.part);
  return steps;
}

/** A goal, or a part of one, with what it moves. */
interface Part {
  readonly goal: Goal;
  /** Of the step's id. */
  readonly part: string;
  readonly moves: readonly Move[];
  readonly direction: Direction;
}

function partOf(goal: Goal, part = ''): Part {
  const moves = movesOf(goal);
  return { goal, part, moves, direction: directionOf(moves) };
}

function isDeletion({ to }: Goal): boolean {
  return to === null;
}

function isCreation({ from, to }: Goal): boolean {
  return from === null && to !== null;
}

/** What a goal never gives back: the smaller count of each template. */
function keptBy({ from, to }: Goal): ReplicaSets {
  const [before, after] = [from ?? {}, to ?? {}];
  return replicaSetsOf(
    templatesOf(before, after).map((templateId) => [
      templateId,
      Math.min(countOf(before, templateId), countOf(after, templateId)),
    ]),
  );
}
