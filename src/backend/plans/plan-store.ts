import type { Plan, PlanSummary } from '../../contract/plan.ts';
import { isOutcomeOpen } from '../../domain/plan/run.ts';

/**
 * How many plans are kept, and how many characters they have in all as JSON: a start reads each of them. Beyond it, the ones that
 * changed longest ago go, but none that runs or has an outcome to find out.
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

/** Whether a plan must be kept however old it is. */
export function isInUse({ run }: Plan): boolean {
  const isUnderWay = run.state.kind === 'running' || run.state.kind === 'stopping';
  return isUnderWay || run.steps.some(({ state }) => isOutcomeOpen(state));
}
