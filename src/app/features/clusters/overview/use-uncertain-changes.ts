import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Change } from '../../../../contract/change.ts';
import type { ChangeList } from '../../../../contract/journal.ts';
import { isSettled } from '../../../../domain/result.ts';
import type { Api } from '../../../api/client.ts';
import { useConsole } from '../../../api/console.tsx';
import { queryKeys } from '../../../api/query-keys.ts';

const UNCERTAIN = { outcome: ['open', 'cannot-be-known'] } as const;

/** A fleet that moves every second must not make the page ask every second. */
const AT_MOST_EVERY_MS = 15_000;

function uncertainChangesQuery(api: Api) {
  return queryOptions({
    queryKey: queryKeys.changes.uncertain,
    queryFn: ({ signal }) => api.changes(UNCERTAIN, signal),
    staleTime: AT_MOST_EVERY_MS,
    // Only while some may still be settled, so that a page on which nothing happens asks for nothing.
    refetchInterval: ({ state }) =>
      state.data?.changes.some(({ result }) => !isSettled(result)) === true ? AT_MOST_EVERY_MS : false,
  });
}

/**
 * The changes without a final result, and those of which nobody can know it any more, read again when the fleet has moved. `version`:
 * the fleet's.
 */
export function useUncertainChanges(version: string | null) {
  const { api } = useConsole();
  const client = useQueryClient();
  const uncertain = useQuery({ ...uncertainChangesQuery(api), enabled: version !== null, select: changesOf });
  // After the query's own effects: they would take the begun reading for a new result, and render once more.
  useEffect(() => {
    if (version !== null) void client.prefetchQuery(uncertainChangesQuery(api));
  }, [api, client, version]);
  return uncertain;
}

/** Without how far back the journal reaches: that moves with the time, and each move would render the changes again. */
function changesOf({ changes }: ChangeList): readonly Change[] {
  return changes;
}
