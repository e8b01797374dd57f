import type { ReplicaSets } from './replica-sets.ts';
import type { Revision } from './revision.ts';

/** What an edit starts from, frozen when the editor opens. */
export interface Base {
  readonly revision: Revision;
  readonly replicaSets: ReplicaSets;
}

/** Create (`base` null) or change a virtual cluster. `want` names every template that is held: one left out is 0 (fact 8). */
export interface SaveChange {
  readonly kind: 'save';
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly base: Base | null;
  readonly want: ReplicaSets;
}

/** Remove a virtual cluster. Ray has no fence for it: `base` is what the person saw, kept for the record. */
export interface DeleteChange {
  readonly kind: 'delete';
  readonly clusterId: string;
  readonly base: (Base & { readonly divisible: boolean }) | null;
}

/** Release a finished job's cluster: `clusterId` is `team##raysubmit_X` (fact 23). */
interface ReleaseChange {
  readonly kind: 'release';
  readonly clusterId: string;
}

/** End a job (fact 24). `clusterId`: the virtual cluster that it runs in; the primary cluster's id for one in none. */
interface StopJobChange {
  readonly kind: 'stop-job';
  readonly clusterId: string;
  readonly submissionId: string;
}

/**
 * Delete a virtual cluster as soon as nothing has used it for a while. It stands for the cluster as it was when it was
 * asked (replica sets, divisible): once that has changed, it is cancelled.
 */
export interface DeleteWhenIdleChange {
  readonly kind: 'delete-when-idle';
  readonly clusterId: string;
  readonly base: Base & { readonly divisible: boolean };
}

/** What one attempted write asks for. */
export type ChangeRequest = SaveChange | DeleteChange | ReleaseChange | StopJobChange | DeleteWhenIdleChange;
