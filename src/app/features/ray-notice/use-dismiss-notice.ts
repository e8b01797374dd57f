import { useMutation } from '@tanstack/react-query';
import { useConsole } from '../../api/console.tsx';

/** Dismisses the notice of a restarted or emptied Ray, for everybody. */
export function useDismissNotice(noticeId: string) {
  const { api, live } = useConsole();
  return useMutation({
    mutationFn: () => api.dismissNotice(noticeId),
    onSettled: () => live.refresh(),
  });
}
