import type { ReplicaSets } from './replica-sets.ts';
import type { Revision } from './revision.ts';

/** What an edit starts from; fixed when the editor opens. */
export interface Base {
  readonly revision: Revision;
  readonly replicaSets: ReplicaSets;
}

/** Create (`base` null) or edit a virtual cluster. `want` names every template that is held: one left out is 0 (fact 8). */
export interface SaveChange {
  readonly kind: 'save';
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly base: Base | null;
  readonly want: ReplicaSets;
}

/** Remove a virtual cluster. Ray compares no revision for it: `base` is what the person saw, kept for the record. */
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

/** Stop a job (fact 24). `clusterId`: the virtual cluster that it runs in; the primary cluster's id if it runs in none. */
export interface StopJobChange {
  readonly kind: 'stop-job';
  readonly clusterId: string;
  readonly submissionId: string;
}

/**
 * Delete a virtual cluster as soon as nothing has used it for a while. It is bound to the cluster as it was when the
 * deletion was requested (replica sets, divisible), and is cancelled once either changes.
 */
export interface DeleteWhenIdleChange {
  readonly kind: 'delete-when-idle';
  readonly clusterId: string;
  readonly base: Base & { readonly divisible: boolean };
}

/** What one attempted write requests. */
export type ChangeRequest = SaveChange | DeleteChange | ReleaseChange | StopJobChange | DeleteWhenIdleChange;

export type ChangeKind = ChangeRequest['kind'];
