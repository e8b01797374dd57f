import { navigateTo } from './navigate.ts';
import { pathTo } from './routes.ts';

/** Goes to a virtual cluster, which then asks whether to delete it. */
export function openDeletion(clusterId: string, options: { readonly keepQuery?: boolean } = {}): void {
  navigateTo(pathTo.cluster(clusterId), { ...options, state: { asks: 'deletion' } });
}

/** Whether a history entry's state asks for the question; see `openDeletion`. */
export function asksForDeletion(historyState: unknown): boolean {
  return (
    typeof historyState === 'object' &&
    historyState !== null &&
    'asks' in historyState &&
    historyState.asks === 'deletion'
  );
}
