import { queryOptions, type QueryClient } from '@tanstack/react-query';
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

/** The newest changes, of one cluster or of all. */
export function changesQuery(api: Api, cluster: string | null) {
  return queryOptions({
    queryKey: queryKeys.changes.newest(cluster),
    queryFn: ({ signal }) => api.changes(cluster === null ? {} : { cluster }, signal),
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
