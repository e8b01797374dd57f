import { queryOptions } from '@tanstack/react-query';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

/** Who a cluster is for, also a deleted one. `version`: the newest that the page knows; null: none. */
export function profileQuery(api: Api, clusterId: string, version: number | null) {
  return queryOptions({
    queryKey: queryKeys.clusterProfile(clusterId, version),
    queryFn: ({ signal }) => api.clusterProfile(clusterId, signal),
    gcTime: 0,
  });
}
