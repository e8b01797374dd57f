import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Api } from '../../../api/client.ts';
import { useConsole } from '../../../api/console.tsx';
import type { PageFleet } from '../../../api/page-fleet.ts';
import { queryKeys } from '../../../api/query-keys.ts';

const ONLY_OPEN = { outcome: ['open'] } as const;

/** A fleet that moves every second must not make the page ask every second. */
const AT_MOST_EVERY_MS = 15_000;

function openChangesQuery(api: Api) {
  return queryOptions({
    queryKey: queryKeys.changes.open,
    queryFn: ({ signal }) => api.changes(ONLY_OPEN, signal),
    staleTime: AT_MOST_EVERY_MS,
    // Only while there are some, so that a page on which nothing happens asks for nothing.
    refetchInterval: ({ state }) => ((state.data?.changes.length ?? 0) > 0 ? AT_MOST_EVERY_MS : false),
  });
}

/**
 * The changes without a final result, read again when virtual clusters, their jobs or nodes have moved, or Ray's list can't be read or
 * can be again: what a node of the free pool does is no change of anybody. Null before the first answer.
 */
export function useOpenChanges(fleet: PageFleet | null) {
  const clusters = fleet?.clusters ?? null;
  const isFailing = fleet !== null && fleet.sources.list.failure !== null;
  const { api } = useConsole();
  const client = useQueryClient();
  useEffect(() => {
    if (clusters !== null) void client.prefetchQuery(openChangesQuery(api));
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- An outage leaves changes open, and its end settles them.
  }, [api, client, clusters, isFailing]);
  return useQuery({ ...openChangesQuery(api), enabled: clusters !== null });
}
