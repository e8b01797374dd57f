import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { journalOutcomeOf } from '../../contract/journal.ts';
import type { TimelineEntry, TimelinePage, TimelineQuery } from '../../contract/timeline.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

/** How many rows are printed at most. */
export const MAX_PRINTED_ROWS = 5_000;

/** So many rows are kept loaded, so that a journal that has no more is printed whole however it is printed. */
export const MAX_PRELOADED_ROWS = 500;

/** How much earlier than it is written something may have happened, ms: what was seen waits for changes of ours. */
const MAX_WRITE_DELAY = 180_000;

/** The timeline, newest first, page by page. It is read again by itself only while an outcome in it is open. */
export function timelineQuery(api: Api, query: TimelineQuery) {
  return infiniteQueryOptions({
    queryKey: queryKeys.changes.timeline(query),
    queryFn: ({ pageParam, signal }) =>
      api.timeline(pageParam === null ? query : { ...query, before: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ entries }) => entries.some(isOpen)) === true ? 10_000 : false,
  });
}

function isOpen(entry: TimelineEntry): boolean {
  return entry.type === 'change' && journalOutcomeOf(entry.change.result) === 'open';
}

/** What came after a time, and shortly before it: as good as nothing, so that it can be asked for often. Null: anything. */
export function newerQuery(api: Api, query: TimelineQuery, after: number | null) {
  const since = Math.max(query.since ?? 0, (after ?? 0) - MAX_WRITE_DELAY);
  return queryOptions({
    queryKey: queryKeys.changes.newer(query, since),
    queryFn: ({ signal }) => api.timeline({ ...query, since }, signal),
    refetchInterval: 15_000,
  });
}

/** What is older than the loaded pages, at most so much, for printing. */
export function olderTimelineQuery(api: Api, query: TimelineQuery, before: string | null, most: number) {
  return queryOptions({
    queryKey: queryKeys.olderTimeline(query, before, most),
    async queryFn({ signal }) {
      const entries: TimelineEntry[] = [];
      let next = before;
      while (next !== null && entries.length < most) {
        const page: TimelinePage = await api.timeline({ ...query, before: next }, signal);
        entries.push(...page.entries);
        next = page.next;
      }
      return { entries, isAll: next === null };
    },
    gcTime: 60_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The newest of one virtual cluster. */
export function newestOfCluster(api: Api, cluster: string, limit: number) {
  return queryOptions({
    queryKey: queryKeys.changes.timelineOf(cluster),
    queryFn: ({ signal }) => api.timeline({ cluster, limit }, signal),
    refetchInterval: 10_000,
  });
}
