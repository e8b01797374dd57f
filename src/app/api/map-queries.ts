import { queryOptions } from '@tanstack/react-query';
import { MAX_NODE_PAGE } from '../../contract/nodes.ts';
import type { Api } from './client.ts';

/** Nodes that a text finds, as many as one page gives, with their places on the map as of one picture of it. */
export function findNodesQuery(api: Api, q: string, map: number) {
  return queryOptions({
    queryKey: ['find-nodes', q, map],
    queryFn: ({ signal }) => api.nodes({ q, limit: MAX_NODE_PAGE }, signal),
    // The map has moved on: what was found before it stays lit until that is known anew.
    placeholderData: (before, query) => (query?.queryKey[1] === q ? before : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  });
}

/** One node; null when Ray tells of none with this id. */
export function nodeQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['node', id],
    queryFn: ({ signal }) => api.node(id, signal),
    staleTime: 2_000,
    gcTime: 30_000,
  });
}

/** What happened in the last minutes, as of this newest happening of this epoch. */
export function fleetEventsQuery(api: Api, epoch: string | null, last: number) {
  return queryOptions({
    queryKey: ['lately', epoch, last],
    queryFn: ({ signal }) => api.fleetEvents(0, signal),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    enabled: epoch !== null,
  });
}
