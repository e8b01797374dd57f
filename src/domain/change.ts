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
export interface ReleaseChange {
  readonly kind: 'release';
  readonly clusterId: string;
}

/** What one attempted write asks for. */
export type WantedChange = SaveChange | DeleteChange | ReleaseChange;
