import type { VirtualCluster } from '../../../domain/fleet.ts';
import { sameReplicaSets } from '../../../domain/replica-sets.ts';
import type { Draft } from '../../drafts/draft-store.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { desiredReplicaSetsOf } from '../../drafts/draft.ts';

/** Why the form can't be saved now; null when it can. */
export type SaveBlock =
  | { readonly kind: 'read-only'; readonly why: string }
  /** The jobs in the cluster are being checked before the save is sent. */
  | { readonly kind: 'looking' }
  /** It is being sent. */
  | { readonly kind: 'sending' }
  /** It was sent, and the outcome is not known yet. */
  | { readonly kind: 'unsettled' }
  /** A conflict is open: its panel saves, or editing a field closes it. */
  | { readonly kind: 'decide-above' }
  | { readonly kind: 'no-change' }
  /** The cluster already has what is typed: a save would only change the revision (fact 6). */
  | { readonly kind: 'there-already' }
  /** The base is from another Ray, which rejects every save based on it. */
  | { readonly kind: 'another-ray' }
  | { readonly kind: 'other-kind' };

/**
 * Whether the form may be saved. `cluster`: as known now, null when it isn't there. A form with a mistake in it may be
 * tried: the answer is the mistake, in words.
 */
export function saveBlockOf(at: {
  readonly draft: Pick<Draft, 'clusterId' | 'divisible' | 'base' | 'fields'>;
  readonly cluster: VirtualCluster | null;
  readonly standing: 'idle' | 'busy' | 'unsettled' | 'settled';
  /** What must come first: the look at its jobs, the choices of an open conflict, or that a base of another Ray is left. */
  readonly first: 'looking' | 'decide-above' | 'another-ray' | null;
  /** Why this person, or nobody, may write now; null when they may. */
  readonly mayNotWrite: string | null;
}): SaveBlock | null {
  const { draft, cluster } = at;
  if (at.first === 'looking') return { kind: 'looking' };
  if (at.standing === 'busy') return { kind: 'sending' };
  if (at.standing === 'unsettled') return { kind: 'unsettled' };
  if (at.mayNotWrite !== null) return { kind: 'read-only', why: at.mayNotWrite };
  if (at.first === 'decide-above') return { kind: 'decide-above' };
  if (draft.base === null || cluster === null) return null;
  if (cluster.divisible !== draft.divisible) return { kind: 'other-kind' };
  const want = desiredReplicaSetsOf(draft.fields);
  if (want === null) return null;
  if (sameReplicaSets(want, draft.base.replicaSets)) return { kind: 'no-change' };
  if (at.first === 'another-ray') return { kind: 'another-ray' };
  return sameReplicaSets(want, heldReplicaSetsOf(cluster)) ? { kind: 'there-already' } : null;
}
