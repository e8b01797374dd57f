import { partialMatchKey, queryOptions } from '@tanstack/react-query';
import { MAX_NODE_PAGE } from '../../contract/nodes.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

/**
 * The whole map, at this version (see `mapVersionOf`) or a newer one: asked when the fleet is known to be at it. Who needs it may
 * ask while the map's code is loaded (`shell/map-ahead.tsx`).
 */
export function wholeMapQuery(api: Api, version: string) {
  return queryOptions({
    queryKey: queryKeys.wholeMap(version),
    queryFn: ({ signal }) => api.map(null, signal),
    structuralSharing: false,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  });
}

/** Nodes that match a text, at most one page of them, with their places on this version of the map. */
export function findNodesQuery(api: Api, q: string, mapVersion: number) {
  return queryOptions({
    queryKey: queryKeys.nodeSearch.onMap(q, mapVersion),
    queryFn: ({ signal }) => api.nodes({ q, limit: MAX_NODE_PAGE }, signal),
    // When the map has changed, the earlier matches stay highlighted until the new ones are known.
    placeholderData: (before, query) =>
      query !== undefined && partialMatchKey(query.queryKey, queryKeys.nodeSearch.of(q)) ? before : undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  });
}

/** One node; null when Ray lists none with this id. */
export function nodeQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: queryKeys.node.one(id),
    queryFn: ({ signal }) => api.node(id, signal),
    staleTime: 2_000,
    gcTime: 30_000,
  });
}
