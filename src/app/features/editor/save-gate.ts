import type { VirtualCluster } from '../../../domain/fleet.ts';
import { sameReplicaSets } from '../../../domain/replica-sets.ts';
import type { Draft } from '../../drafts/draft-store.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { desiredReplicaSetsOf } from '../../drafts/draft.ts';

/** Why the form can't be saved now; null when it can. */
export type SaveBlock =
  | { readonly kind: 'read-only'; readonly why: string }
  /** Which jobs run in the cluster is being looked at, before it goes out. */
  | { readonly kind: 'looking' }
  /** It is on its way. */
  | { readonly kind: 'sending' }
  /** It was sent, and nobody knows yet what came of it. */
  | { readonly kind: 'unsettled' }
  /** A conflict stands open: its region saves, or an edit of a field closes it. */
  | { readonly kind: 'decide-above' }
  | { readonly kind: 'no-change' }
  /** What is typed is what it has by now: a save would only move the revision (fact 6). */
  | { readonly kind: 'there-already' }
  /** It began in another Ray: no save on that base can go through. */
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
