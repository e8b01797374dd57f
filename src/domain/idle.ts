import type { SourceName, UnknownReason } from './sourced.ts';
import type { VirtualCluster } from './fleet.ts';

/** What keeps a virtual cluster from counting as idle. */
export type IdleBlocker =
  /** Jobs run in it. */
  | { readonly kind: 'jobs'; readonly count: number }
  /** No job runs, but clusters of jobs that have ended still hold nodes (fact 23). */
  | { readonly kind: 'leftovers'; readonly count: number }
  /** Something that Ray doesn't list as a job uses CPUs or GPUs. */
  | { readonly kind: 'busy-nodes'; readonly count: number }
  /** Nobody knows: what is unknown never counts as idle. */
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly source: SourceName };

/** What keeps it from being idle, the weightiest first: what is known to use it before what is not known. Null: it is idle. */
export function idleBlockerOf({ usedBy, templates }: VirtualCluster): IdleBlocker | null {
  const users = usedBy.known ? usedBy.value : { jobClusters: [], jobs: [] };
  const leftovers = users.jobClusters.filter(({ leftover }) => leftover.known && leftover.value).length;
  const running =
    users.jobs.length + users.jobClusters.filter(({ leftover }) => leftover.known && !leftover.value).length;
  if (running > 0) return { kind: 'jobs', count: running };
  const doubts = [usedBy, ...users.jobClusters.map(({ leftover }) => leftover), ...templates.map(({ busy }) => busy)];
  if (leftovers > 0) return { kind: 'leftovers', count: leftovers };
  const busy = templates.reduce((sum, each) => sum + (each.busy.known ? each.busy.value : 0), 0);
  if (busy > 0) return { kind: 'busy-nodes', count: busy };
  for (const fact of doubts) if (!fact.known) return { kind: 'unknown', reason: fact.reason, source: fact.source };
  return null;
}
