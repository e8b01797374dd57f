import type { Plan, PlanSummary } from '../../contract/plan.ts';
import { isOutcomeOpen } from '../../domain/plan/run.ts';

/**
 * How many plans are kept, and how many characters they have in all as JSON: a start reads each of them. Beyond it, the person
 * with most plans loses the one that was changed longest ago, but none that runs or has an open outcome: nobody pushes out others' plans.
 */
export interface PlanBounds {
  readonly most: number;
  readonly mostCharacters: number;
}
export const PLAN_BOUNDS: PlanBounds = { most: 500, mostCharacters: 16_000_000 };

/**
 * Where plans are stored: the port. What `put` was given is as durable as the storage is once it resolves. It rejects with
 * `JournalUnwritable`.
 */
export interface PlanStore {
  /** All plans, the one that changed last first. */
  all(): Promise<readonly Plan[]>;
  /** The same, summed up: reads only those that changed since they were last summed up. */
  summaries(): Promise<readonly PlanSummary[]>;
  get(id: string): Promise<Plan | null>;
  /**
   * Stores a plan whose version is one above the stored one's, 1 for a new one. False: another version is stored, and nothing
   * changes.
   */
  put(plan: Plan): Promise<boolean>;
  /** Deletes that version of a plan; false when another one is stored, or none. */
  delete(id: string, version: number): Promise<boolean>;
}

export function summaryOf({ id, name, createdBy, changedAt, run: { state, steps } }: Plan): PlanSummary {
  const done = steps.filter((each) => each.state.kind === 'done').length;
  return { id, name, createdBy, changedAt, state, steps: steps.length, done };
}

/** What decides which plans make room. */
interface KeptPlan {
  readonly id: string;
  readonly createdBy: string;
  readonly characters: number;
  /** Runs, has an outcome to find out, or was stored just now. */
  readonly mustStay: boolean;
}

/** The plans that go beyond the bounds. `newest`: all of them, the one that changed last first. */
export function plansBeyond(newest: readonly KeptPlan[], { most, mostCharacters }: PlanBounds): readonly KeptPlan[] {
  const [counts, lengths] = [new Map<string, number>(), new Map<string, number>()];
  let [count, characters] = [0, 0];
  const book = (plan: KeptPlan, sign: 1 | -1) => {
    counts.set(plan.createdBy, (counts.get(plan.createdBy) ?? 0) + sign);
    lengths.set(plan.createdBy, (lengths.get(plan.createdBy) ?? 0) + sign * plan.characters);
    count += sign;
    characters += sign * plan.characters;
  };
  for (const plan of newest) book(plan, 1);
  const oldest = newest.filter(({ mustStay }) => !mustStay).toReversed();
  const beyond: KeptPlan[] = [];
  while ((count > most || characters > mostCharacters) && oldest.length > 0) {
    const shares = count > most ? counts : lengths;
    const share = (plan: KeptPlan | undefined) => (plan === undefined ? 0 : (shares.get(plan.createdBy) ?? 0));
    let next = 0;
    for (const [index, plan] of oldest.entries()) if (share(plan) > share(oldest[next])) next = index;
    const [gone] = oldest.splice(next, 1);
    if (gone === undefined) break;
    book(gone, -1);
    beyond.push(gone);
  }
  return beyond;
}

/** Whether a plan must be kept however old it is. */
export function isInUse({ run }: Plan): boolean {
  const isUnderWay = run.state.kind === 'running' || run.state.kind === 'stopping';
  return isUnderWay || run.steps.some(({ state }) => isOutcomeOpen(state));
}
