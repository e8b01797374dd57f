import type { SourceName, UnknownReason } from './sourced.ts';
import type { VirtualCluster } from './fleet.ts';
import type { Revision } from './revision.ts';

/** What keeps a virtual cluster from counting as idle. */
export type IdleBlocker =
  /** Jobs run in it. */
  | { readonly kind: 'jobs'; readonly count: number }
  /** No job runs, but clusters of jobs that have ended still hold nodes (fact 23). */
  | { readonly kind: 'leftovers'; readonly count: number }
  /** Something that Ray doesn't list as a job uses CPUs or GPUs. */
  | { readonly kind: 'busy-nodes'; readonly count: number }
  /** What is unknown never counts as idle. */
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly source: SourceName };

/** What keeps it from being idle, the weightiest first: known use before what is unknown. Null: it is idle. */
export function idleBlockerOf({ usedBy, templates }: VirtualCluster): IdleBlocker | null {
  const users = usedBy.known ? usedBy.value : { jobClusters: [], jobs: [] };
  const leftovers = users.jobClusters.filter(({ leftover }) => leftover.known && leftover.value).length;
  const running =
    users.jobs.length + users.jobClusters.filter(({ leftover }) => leftover.known && !leftover.value).length;
  if (running > 0) return { kind: 'jobs', count: running };
  const sourced = [usedBy, ...users.jobClusters.map(({ leftover }) => leftover), ...templates.map(({ used }) => used)];
  if (leftovers > 0) return { kind: 'leftovers', count: leftovers };
  const used = templates.reduce((sum, each) => sum + (each.used.known ? each.used.value : 0), 0);
  if (used > 0) return { kind: 'busy-nodes', count: used };
  for (const each of sourced) if (!each.known) return { kind: 'unknown', reason: each.reason, source: each.source };
  return null;
}

/** Between two readings further apart than this, ms, nobody knows what happened: the idle period starts again. */
const MAX_READING_GAP = 3 * 60_000;

/** Since when a cluster has been idle. */
export type Idleness =
  | { readonly notIdle: IdleBlocker | null }
  | {
      readonly notIdle: null;
      /** ms since 1970. */
      readonly since: number;
      /** When the newest judged readings count as begun, ms since 1970. */
      readonly asOf: number;
      readonly revision: Revision;
    };

/** Nothing has been judged yet. */
export const notJudged: Idleness = { notIdle: null };

/** Readings that show the cluster idle: it stays so since it was, unless something may have happened in between. */
export function continueIdle(
  before: Idleness,
  found: { readonly asOf: number; readonly revision: Revision },
): Extract<Idleness, { readonly since: number }> {
  const { asOf, revision } = found;
  // A job that came and went between two readings has moved the revision (fact 6).
  const isUnbroken = 'since' in before && asOf - before.asOf <= MAX_READING_GAP && revision === before.revision;
  return { notIdle: null, since: isUnbroken ? before.since : asOf, asOf, revision };
}
