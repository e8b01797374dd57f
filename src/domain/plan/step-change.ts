import type { ChangeRequest } from '../change.ts';
import { sameReplicaSets } from '../replica-sets.ts';
import type { ClusterSnapshot } from '../result.ts';
import type { PlanStep } from './plan.ts';
import type { StepObstacle } from './run.ts';

/** What to do for a step, given its virtual cluster as it was just read; null: there is none. */
export type StepAction =
  | { readonly kind: 'send'; readonly request: ChangeRequest }
  /** The virtual cluster is as the step would make it. */
  | { readonly kind: 'there-already' }
  | { readonly kind: 'blocked'; readonly obstacle: Extract<StepObstacle, 'moved' | 'gone'> };

/**
 * A step is sent only on what it was planned for. A revision that moved alone does not matter (fact 6): the change goes out on the
 * newest one, under the same rules as a single save.
 */
export function stepActionOf({ clusterId, divisible, from, to }: PlanStep, now: ClusterSnapshot | null): StepAction {
  if (now === null) {
    if (to === null) return { kind: 'there-already' };
    if (from !== null) return { kind: 'blocked', obstacle: 'gone' };
    return { kind: 'send', request: { kind: 'save', clusterId, divisible, base: null, want: to } };
  }
  const isSameKind = now.divisible === divisible;
  if (to !== null && isSameKind && sameReplicaSets(now.replicaSets, to)) return { kind: 'there-already' };
  if (from === null || !isSameKind || !sameReplicaSets(now.replicaSets, from))
    return { kind: 'blocked', obstacle: 'moved' };
  const { revision, replicaSets } = now;
  return to === null
    ? { kind: 'send', request: { kind: 'delete', clusterId, base: now } }
    : { kind: 'send', request: { kind: 'save', clusterId, divisible, base: { revision, replicaSets }, want: to } };
}

/** Whether a step could be sent on what is known of its virtual cluster. */
export function isMoved(step: PlanStep, now: ClusterSnapshot | null): boolean {
  return stepActionOf(step, now).kind === 'blocked';
}
