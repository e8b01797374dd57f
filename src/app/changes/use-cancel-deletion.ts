import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../api/console.tsx';

/** Calls a deletion off that waits. Whatever the answer, the page then asks how it stands. */
export function useCancelDeletion(changeId: string) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.cancelChange(changeId),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['fleet'] });
      void client.invalidateQueries({ queryKey: ['changes'] });
    },
  });
}

/** Takes the notice of a restarted or emptied Ray away, for everybody. */
export function useDismissNotice(noticeId: string) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.dismissNotice(noticeId),
    onSettled: () => client.invalidateQueries({ queryKey: ['fleet'] }),
  });
}
