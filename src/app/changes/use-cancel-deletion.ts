import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../api/console.tsx';
import { queryKeys } from '../api/query-keys.ts';

/** Cancels a waiting deletion. Whatever the answer, the page then refreshes: a failed request may have arrived. */
export function useCancelDeletion(changeId: string) {
  const { api, live } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.cancelChange(changeId),
    onSettled: () => {
      void live.refresh();
      void client.invalidateQueries({ queryKey: queryKeys.changes.all });
    },
  });
}
