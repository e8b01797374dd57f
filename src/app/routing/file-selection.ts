import { useMemo } from 'react';
import { useHistoryState, useSearch } from 'wouter/use-browser-location';
import { navigateTo } from './navigate.ts';
import { pathTo } from './routes.ts';

/** The longest address that is a link, in characters: proxies and servers refuse ones of some thousand. */
const LONGEST_LINK = 2_000;

/** Goes to the fleet file with these virtual clusters chosen: by a link as long as it is short, else by the history entry, which a reload and "back" keep. */
export function openFleetFileOf(ids: readonly string[]): void {
  const link = pathTo.fleetFileOf(ids);
  if (link.length <= LONGEST_LINK) navigateTo(link);
  else navigateTo(pathTo.fleetFile, { state: { only: ids } });
}

/** The ids that were chosen before the fleet file was opened; empty: none were. */
export function useFileSelection(): readonly string[] {
  const search = useSearch();
  const state = useHistoryState<unknown>();
  return useMemo(() => {
    const linked = new URLSearchParams(search).getAll('only');
    return linked.length > 0 ? linked : idsIn(state);
  }, [search, state]);
}

/** Another page, or another version of this one, may have written the entry. */
function idsIn(state: unknown): readonly string[] {
  if (typeof state !== 'object' || state === null || !('only' in state) || !Array.isArray(state.only)) return [];
  return state.only.filter((id) => typeof id === 'string');
}
