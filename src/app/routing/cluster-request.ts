import { navigateTo } from './navigate.ts';
import { pathTo } from './routes.ts';

/** What a virtual cluster's screen may be asked to open; it stands in the history entry's state. */
export type ClusterRequest = 'deletion' | 'raw-reply';

/** Goes to a virtual cluster, which then opens what is asked for: the question whether to delete it, or Ray's reply. */
export function openWithRequest(
  clusterId: string,
  request: ClusterRequest,
  options: { readonly keepQuery?: boolean } = {},
): void {
  navigateTo(pathTo.cluster(clusterId), { ...options, state: { asks: request } });
}

/** Whether a history entry's state asks for it. */
export function asksFor(historyState: unknown, request: ClusterRequest): boolean {
  return (
    typeof historyState === 'object' && historyState !== null && 'asks' in historyState && historyState.asks === request
  );
}
