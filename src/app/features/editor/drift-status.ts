import type { UnknownReason } from '../../../domain/sourced.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { countOf, templatesOf, type ReplicaSets } from '../../../domain/replica-sets.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import type { Connection } from '../../api/live-updates.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import type { Draft } from '../../drafts/draft-store.ts';
import { replicaSetsOfCluster } from '../../drafts/draft.ts';

/** Why what the page shows of a cluster may be over, and since when, ms since 1970. */
export type StalenessReason =
  /** The list, which tells of clusters, fails. */
  | { readonly by: 'ray'; readonly reason: UnknownReason; readonly since: number }
  /** The console does not answer the page. */
  | { readonly by: 'console'; readonly since: number }
  /** The console was started anew, and has not read the list yet. */
  | { readonly by: 'start' };

/** Whether the page still hears what happens to clusters; null while it does. */
export function stalenessReasonOf(
  sources: Pick<PageFleet['sources'], 'list'>,
  connection: Connection,
): StalenessReason | null {
  if (connection.state === 'lost') return { by: 'console', since: connection.since };
  const { failure } = sources.list;
  if (failure !== null) return { by: 'ray', ...failure };
  return sources.list.readAt === null ? { by: 'start' } : null;
}

/** What happened to a virtual cluster since its editor opened. */
export type DriftStatus =
  | { readonly kind: 'unchanged' }
  /** Nothing that was heard; but nothing is heard now. */
  | { readonly kind: 'unknown'; readonly doubt: StalenessReason }
  /** A job started, or somebody saved what was there already (fact 6). */
  | { readonly kind: 'revision-only' }
  | {
      readonly kind: 'changed';
      readonly moved: readonly { readonly templateId: string; readonly from: number; readonly to: number }[];
    }
  | { readonly kind: 'gone' }
  /** It was opened in another telling of the fleet: `has` is what this one has by its id, null for no such cluster. */
  | { readonly kind: 'another-ray'; readonly has: ReplicaSets | null }
  /** Deleted and created again as the other kind: Ray takes no save of it that says otherwise (fact 7). */
  | { readonly kind: 'other-kind'; readonly divisible: boolean };

/**
 * Whether a base was read in another telling of the fleet, and nothing shows that it is of the same Ray nevertheless, as
 * its revision does where only the console was started anew.
 */
export function isFromAnotherRay(base: NonNullable<Draft['base']>, now: VirtualCluster | null, epoch: string): boolean {
  return base.epoch !== null && base.epoch !== epoch && now?.revision !== base.revision;
}

/** Compares the frozen base with the cluster as known now; null: it is not there. With a doubt, nothing is "unchanged". */
export function driftStatusOf(
  draft: { readonly base: NonNullable<Draft['base']>; readonly divisible: boolean },
  now: VirtualCluster | null,
  page: { readonly doubt: StalenessReason | null; readonly epoch: string },
): DriftStatus {
  const { doubt: staleness } = page;
  // Where no list was read, nothing says that it isn't there.
  if (now === null && staleness?.by === 'start') return { kind: 'unknown', doubt: staleness };
  const seen = observedDriftOf(draft, now, page.epoch);
  return staleness !== null && (seen.kind === 'unchanged' || seen.kind === 'revision-only')
    ? { kind: 'unknown', doubt: staleness }
    : seen;
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
  if (isAnother) return { kind: 'another-ray', has: replicaSetsOfCluster(now) };
  const { base } = draft;
  // A conflict's answer may be newer than what the page has been told of the fleet.
  const moves = compareRevisions(now.revision, base.revision);
  if (moves < 0) return { kind: 'unchanged' };
  const held = replicaSetsOfCluster(now);
  const moved = templatesOf(base.replicaSets, held)
    .map((templateId) => ({ templateId, from: countOf(base.replicaSets, templateId), to: countOf(held, templateId) }))
    .filter(({ from, to }) => from !== to);
  if (moved.length > 0) return { kind: 'changed', moved };
  return { kind: moves === 0 ? 'unchanged' : 'revision-only' };
}
