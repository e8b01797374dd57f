import { countOf, replicaSetsOf, templatesOf, type ReplicaSets } from '../replica-sets.ts';
import { createFreeLedger, type FreeLedger, type FreeNodes } from './free-ledger.ts';
import { directionOf, type Direction, type Goal, type PlanStep } from './plan.ts';

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
  const add = (goal: Goal, part: string) => {
    ledger.book(goal);
    steps.push({ ...goal, id: `${goal.clusterId}${part}` });
  };
  const byDirection = (direction: Direction) => goals.filter((goal) => directionOf(goal) === direction);

  const giving = [...byDirection('gives'), ...byDirection('none').filter(changesSomething)];
  for (const goal of [...giving.filter(isDeletion), ...giving.filter((each) => each.to !== null && each.from !== null)])
    add(goal, '');

  const growths = [...byDirection('takes'), ...byDirection('none').filter(isCreation)];
  const late: [Goal, part: string][] = [
    ...growths.filter(isCreation).map((goal): [Goal, string] => [goal, '']),
    ...growths.filter((goal) => !isCreation(goal)).map((goal): [Goal, string] => [goal, '']),
  ];
  const mixed = byDirection('mixed');
  while (mixed.length > 0) {
    const fitting = mixed.findIndex((goal) => fits(ledger, goal));
    const [goal] = mixed.splice(Math.max(0, fitting), 1);
    if (goal === undefined) break;
    if (fitting >= 0) add(goal, '');
    else {
      const between = keptBy(goal);
      add({ ...goal, to: between }, '#give');
      late.push([{ ...goal, from: between }, '#take']);
    }
  }

  while (late.length > 0) {
    const fitting = late.findIndex(([goal]) => fits(ledger, goal));
    const [next] = late.splice(Math.max(0, fitting), 1);
    if (next !== undefined) add(...next);
  }
  return steps;
}

function fits(ledger: FreeLedger, goal: Goal): boolean {
  return ledger.shortagesOf(goal).length === 0;
}

function isDeletion({ to }: Goal): boolean {
  return to === null;
}

function isCreation({ from, to }: Goal): boolean {
  return from === null && to !== null;
}

/** A goal that moves no node, and is no creation: the deletion of an empty virtual cluster. */
function changesSomething({ from, to }: Goal): boolean {
  return from !== null && to === null;
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
