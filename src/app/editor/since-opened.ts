import type { UnknownReason } from '../../domain/fact.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { countOf, templatesOf } from '../../domain/replica-sets.ts';
import { compareRevisions } from '../../domain/revision.ts';
import type { Connection } from '../api/live.ts';
import type { PageFleet } from '../api/page-fleet.ts';
import type { Draft } from './draft-store.ts';
import { replicaSetsIn } from './draft.ts';

/** Why what the page shows of a cluster may be over, and since when, ms since 1970. */
export type Doubt =
  /** The list, which tells of clusters, fails. */
  | { readonly by: 'ray'; readonly reason: UnknownReason; readonly since: number }
  /** The console does not answer the page. */
  | { readonly by: 'console'; readonly since: number };

/** Whether the page still hears what happens to clusters; null while it does. */
export function doubtOf(sources: Pick<PageFleet['sources'], 'list'>, connection: Connection): Doubt | null {
  if (connection.state === 'lost') return { by: 'console', since: connection.since };
  const { failure } = sources.list;
  return failure === null ? null : { by: 'ray', ...failure };
}

/** What happened to a virtual cluster since its editor opened. */
export type SinceOpened =
  | { readonly kind: 'unchanged' }
  /** Nothing that was heard; but nothing is heard now. */
  | { readonly kind: 'unknown'; readonly doubt: Doubt }
  /** A job started, or somebody saved what was there already (fact 6). */
  | { readonly kind: 'revision-only' }
  | { readonly kind: 'changed'; readonly moved: readonly { readonly templateId: string; readonly from: number; readonly to: number }[] }
  | { readonly kind: 'gone' }
  /** Deleted and created again as the other kind: Ray takes no save of it that says otherwise (fact 7). */
  | { readonly kind: 'other-kind'; readonly divisible: boolean };

/** Compares the frozen base with the cluster as known now; null: it is not there. With a doubt, nothing is "unchanged". */
export function sinceOpened(
  draft: { readonly base: NonNullable<Draft['base']>; readonly divisible: boolean },
  now: VirtualCluster | null,
  doubt: Doubt | null,
): SinceOpened {
  const seen = asSeen(draft, now);
  return doubt !== null && (seen.kind === 'unchanged' || seen.kind === 'revision-only') ? { kind: 'unknown', doubt } : seen;
}

function asSeen(draft: { readonly base: NonNullable<Draft['base']>; readonly divisible: boolean }, now: VirtualCluster | null): SinceOpened {
  if (now === null) return { kind: 'gone' };
  if (now.divisible !== draft.divisible) return { kind: 'other-kind', divisible: now.divisible };
  const { base } = draft;
  // A conflict's answer may be newer than what the page has been told of the fleet.
  const moves = compareRevisions(now.revision, base.revision);
  if (moves < 0) return { kind: 'unchanged' };
  const held = replicaSetsIn(now);
  const moved = templatesOf(base.replicaSets, held)
    .map((templateId) => ({ templateId, from: countOf(base.replicaSets, templateId), to: countOf(held, templateId) }))
    .filter(({ from, to }) => from !== to);
  if (moved.length > 0) return { kind: 'changed', moved };
  return { kind: moves === 0 ? 'unchanged' : 'revision-only' };
}
