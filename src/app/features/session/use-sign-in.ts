import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.ts';
import { useConsole } from '../../api/console.tsx';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { withBasePath } from '../../routing/base-path.ts';

/** Signs in with a link's token, then refetches everything. */
export function useSignIn(onIn: () => void) {
  const { api, live } = useConsole();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (token: string) => api.signIn(token),
    async onSuccess() {
      // Requests under way were sent without the session.
      await client.cancelQueries();
      onIn();
      // At once: the next poll would leave the page connecting for seconds.
      await Promise.all([client.invalidateQueries(), live.refresh()]);
    },
  });
  const failure =
    error === null
      ? null
      : error instanceof ApiError && error.kind === 'problem'
        ? error.detail
        : text.session.unreachable;
  return { signIn: mutate, isPending, failure };
}

/** Ends the session on the server, and leaves the page, so that nothing of the fleet's stays in it. */
export function useSignOut() {
  const { api } = useConsole();
  return useMutation({
    mutationFn: () => api.signOut(),
    onSuccess: () => window.location.assign(withBasePath(pathTo.signIn)),
  });
}
