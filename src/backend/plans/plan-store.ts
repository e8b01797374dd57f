import type { Plan } from '../../contract/plan.ts';
import { isOutcomeOpen } from '../../domain/plan/run.ts';

/** How many plans are kept; beyond it, the ones that changed longest ago go, but none that runs or has an outcome to find out. */
export const MOST_PLANS = 500;

/**
 * Where plans are stored: the port. What `put` was given is as durable as the storage is once it resolves. It rejects with
 * `JournalUnwritable`.
 */
export interface PlanStore {
  /** All plans, the one that changed last first. */
  all(): Promise<readonly Plan[]>;
  get(id: string): Promise<Plan | null>;
  /**
   * Stores a plan whose version is one above the stored one's, 1 for a new one. False: another version is stored, and nothing
   * changes.
   */
  put(plan: Plan): Promise<boolean>;
  /** Deletes that version of a plan; false when another one is stored, or none. */
  delete(id: string, version: number): Promise<boolean>;
}

/** Whether a plan must be kept however old it is. */
export function isInUse({ run }: Plan): boolean {
  const isUnderWay = run.state.kind === 'running' || run.state.kind === 'stopping';
  return isUnderWay || run.steps.some(({ state }) => isOutcomeOpen(state));
}
