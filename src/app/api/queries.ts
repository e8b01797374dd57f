import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { Change } from '../../contract/change.ts';
import type { JournalQuery } from '../../contract/journal.ts';
import type { NodeQuery } from '../../contract/nodes.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

/** Who the user is, what they may do, and which Ray this is. */
export function sessionQuery(api: Api) {
  return queryOptions({
    queryKey: queryKeys.session,
    queryFn: ({ signal }) => api.session(signal),
    // Seldom is enough: once a session has ended, the next request of any kind says so, and the stream ends.
    refetchInterval: 60_000,
  });
}

/** Nodes per page of `nodePageQuery`. */
export const NODES_PER_PAGE = 200;

/**
 * One page of the matching nodes, cached by itself, so that a table scrolled far down requests only what it shows. The
 * key has no version: a page stays on the screen until its successor has arrived (see `invalidateStaleNodePages`).
 */
export function nodePageQuery(
  api: Api,
  clusterId: string | null,
  query: Omit<NodeQuery, 'offset' | 'limit'>,
  page: number,
) {
  const request = { ...query, offset: page * NODES_PER_PAGE, limit: NODES_PER_PAGE };
  return queryOptions({
    queryKey: queryKeys.nodePages.page(clusterId, query, page),
    queryFn: ({ signal }) =>
      clusterId === null ? api.nodes(request, signal) : api.clusterNodes(clusterId, request, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });
}

/** Refetches the node pages on the screen that belong to another version of the fleet. */
export async function invalidateStaleNodePages(
  client: QueryClient,
  clusterId: string | null,
  version: string,
): Promise<void> {
  await client.invalidateQueries({
    queryKey: queryKeys.nodePages.of(clusterId),
    predicate: ({ state }) => {
      const page = state.data;
      return typeof page === 'object' && page !== null && 'version' in page && page.version !== version;
    },
  });
}

/** The journal: the newest matching changes, and older ones page by page. */
export function journalQuery(api: Api, query: JournalQuery) {
  return infiniteQueryOptions({
    queryKey: queryKeys.changes.journal(query),
    queryFn: ({ pageParam, signal }) => api.changes({ ...query, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchInterval: 10_000,
  });
}

/** How many changes are printed at most. */
export const MOST_PRINTED_CHANGES = 5_000;

/** A journal of at most this many changes is kept loaded whole, so that it is printed whole however it is printed. */
export const MOST_PRELOADED_CHANGES = 500;

/** All matching changes, newest first, for printing. */
export function wholeJournalQuery(api: Api, query: JournalQuery) {
  return queryOptions({
    queryKey: queryKeys.changes.whole(query),
    async queryFn({ signal }) {
      const all: Change[] = [];
      for (;;) {
        const { changes, total } = await api.changes({ ...query, offset: all.length }, signal);
        all.push(...changes);
        if (changes.length === 0 || all.length >= Math.min(total, MOST_PRINTED_CHANGES)) return all;
      }
    },
    gcTime: 60_000,
    refetchInterval: 60_000,
  });
}

/** The newest changes, of one cluster or of all. */
export function changesQuery(api: Api, cluster: string | null) {
  return queryOptions({
    queryKey: queryKeys.changes.newest(cluster),
    queryFn: ({ signal }) => api.changes(cluster === null ? {} : { cluster }, signal),
    refetchInterval: 10_000,
  });
}

/** The newest of what the console saw. A person and an outcome are of changes only. */
export function seenQuery(api: Api, query: JournalQuery) {
  return queryOptions({
    queryKey: queryKeys.changes.seen(query),
    queryFn: ({ signal }) => api.timeline({ ...query, kinds: ['seen'] }, signal),
    enabled: query.who === undefined && query.outcome === undefined,
    refetchInterval: 10_000,
  });
}

/** The cluster exactly as Ray wrote it. */
export function rawQuery(api: Api, clusterId: string) {
  return queryOptions({
    queryKey: queryKeys.rawCluster(clusterId),
    queryFn: ({ signal }) => api.clusterRaw(clusterId, signal),
    gcTime: 0,
  });
}
