import { navigateTo } from './navigate.ts';
import { pathTo } from './routes.ts';

/** What a virtual cluster's screen may be asked to open; it stands in the history entry's state. */
export type ClusterRequest = 'deletion' | 'raw-reply' | `${typeof SHOW | typeof ASK}${string}`;

const SHOW = 'show-job ';
const ASK = 'ask-about-job ';

/**
 * Goes to a virtual cluster, which then opens what is asked for: the question whether to delete it, Ray's reply, or the
 * question whether to stop or release a job; or shows that job.
 */
export function openWithRequest(
  clusterId: string,
  request: ClusterRequest,
  options: { readonly keepQuery?: boolean } = {},
): void {
  navigateTo(pathTo.cluster(clusterId), { ...options, state: stateFor(request) });
}

/** The history entry's state that asks for it, for a link to the virtual cluster. */
export function stateFor(request: ClusterRequest): unknown {
  return { asks: request };
}

/** Whether a history entry's state asks for it. */
export function asksFor(historyState: unknown, request: ClusterRequest): boolean {
  return (
    typeof historyState === 'object' && historyState !== null && 'asks' in historyState && historyState.asks === request
  );
}

/** The job that a history entry's state names, and whether to ask what to do with it; null for none. */
export function askedJobOf(historyState: unknown): { readonly submissionId: string; readonly asks: boolean } | null {
  if (typeof historyState !== 'object' || historyState === null || !('asks' in historyState)) return null;
  const { asks } = historyState;
  if (typeof asks !== 'string') return null;
  if (asks.startsWith(SHOW)) return { submissionId: asks.slice(SHOW.length), asks: false };
  return asks.startsWith(ASK) ? { submissionId: asks.slice(ASK.length), asks: true } : null;
}
