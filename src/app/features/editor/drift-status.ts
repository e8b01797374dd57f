import type { UnknownReason } from '../../../domain/sourced.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import type { ReplicaSets } from '../../../domain/replica-sets.ts';
import { changedReplicaSets, type ReplicaSetDelta } from '../../../domain/replica-set-deltas.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import type { Connection } from '../../api/live-updates.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import type { Draft } from '../../drafts/draft-store.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';

/** Why what the page shows of a cluster may be outdated, and since when, ms since 1970. */
export type StalenessReason =
  /** Reading the cluster list fails. */
  | { readonly by: 'ray'; readonly reason: UnknownReason; readonly since: number }
  /** The console does not answer the page. */
  | { readonly by: 'console'; readonly since: number }
  /** The console was restarted and has not read the list yet. */
  | { readonly by: 'start' };

/** Why the page may miss changes of clusters; null while it receives them. */
export function stalenessReasonOf(
  sources: Pick<PageFleet['sources'], 'list'>,
  connection: Connection,
): StalenessReason | null {
  if (connection.state === 'lost') return { by: 'console', since: connection.since };
  const { failure } = sources.list;
  if (failure !== null) return { by: 'ray', ...failure };
  return sources.list.readAt === null ? { by: 'start' } : null;
}

/** What changed in a virtual cluster since its editor opened. */
export type DriftStatus =
  | { readonly kind: 'unchanged' }
  /** No change was received, but none can be received now. */
  | { readonly kind: 'unknown'; readonly doubt: StalenessReason }
  /** A job started, or somebody saved what the cluster had already (fact 6). */
  | { readonly kind: 'revision-only' }
  | { readonly kind: 'changed'; readonly moved: readonly ReplicaSetDelta[] }
  | { readonly kind: 'gone' }
  /** The editor was opened in another epoch. `has`: what this Ray has under the id; null for no such cluster. */
  | { readonly kind: 'another-ray'; readonly has: ReplicaSets | null }
  /** Deleted and created again as the other kind: Ray rejects any save of the former kind (fact 7). */
  | { readonly kind: 'other-kind'; readonly divisible: boolean };

/**
 * Whether a base was read from another Ray: in another epoch, and the cluster has another revision now. The same revision
 * shows that it is the same Ray and only the console was restarted.
 */
export function isFromAnotherRay(base: NonNullable<Draft['base']>, now: VirtualCluster | null, epoch: string): boolean {
  return base.epoch !== null && base.epoch !== epoch && now?.revision !== base.revision;
}

/** Compares the frozen base with the cluster as known now; null: it does not exist. With a `doubt`, nothing is "unchanged". */
export function driftStatusOf(
  draft: { readonly base: NonNullable<Draft['base']>; readonly divisible: boolean },
  now: VirtualCluster | null,
  page: { readonly doubt: StalenessReason | null; readonly epoch: string },
): DriftStatus {
  const { doubt: staleness } = page;
  // Before the list was read, a cluster that is not in it may still exist.
  if (now === null && staleness?.by === 'start') return { kind: 'unknown', doubt: staleness };
  const observed = observedDriftOf(draft, now, page.epoch);
  return staleness !== null && (observed.kind === 'unchanged' || observed.kind === 'revision-only')
    ? { kind: 'unknown', doubt: staleness }
    : observed;
}

function observedDriftOf(
  draft: { readonly base: NonNullable<Draft['base']>; readonly divisible: boolean },
  now: VirtualCluster | null,
  epoch: string,
): DriftStatus {
  const isAnother = isFromAnotherRay(draft.base, now, epoch);
  if (now === null && isAnother) return { kind: 'another-ray', has: null };
  if (now === null) return { kind: 'gone' };
  if (now.divisible !== draft.divisible) return { kind: 'other-kind', divisible: now.divisible };
  if (isAnother) return { kind: 'another-ray', has: heldReplicaSetsOf(now) };
  const { base } = draft;
  // The answer to a conflict may be newer than the page's fleet.
  const order = compareRevisions(now.revision, base.revision);
  if (order < 0) return { kind: 'unchanged' };
  const moved = changedReplicaSets(base.replicaSets, heldReplicaSetsOf(now));
  if (moved.length > 0) return { kind: 'changed', moved };
  return { kind: order === 0 ? 'unchanged' : 'revision-only' };
}
