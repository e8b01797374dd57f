import { queryOptions } from '@tanstack/react-query';
import { paths } from '../../contract/paths.ts';
import { raysReply } from '../../contract/rays.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

/** The Rays of this console, with who asks; read again while it is shown. */
export function raysQuery(api: Api) {
  return queryOptions({
    queryKey: queryKeys.rays,
    queryFn: ({ signal }) => api.read(paths.rays, {}, raysReply, signal),
    refetchInterval: 5_000,
    staleTime: 2_000,
  });
}
