import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, signedOut, type SignedOut } from '../../api/api-error.ts';
import { useConsole } from '../../api/console.tsx';
import { sessionQuery } from '../../api/queries.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { withBasePath } from '../../routing/base-path.ts';

/** Whether the back end asks to sign in, and how; null while it knows who this is. */
export function useSignedOut(): SignedOut | null {
  const { api } = useConsole();
  return signedOut(useQuery(sessionQuery(api)).error);
}

/** Signs in by a link's token; then everything is asked anew. */
export function useSignIn(onIn: () => void) {
  const { api } = useConsole();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (token: string) => api.signIn(token),
    async onSuccess() {
      // Requests under way were sent without the session.
      await client.cancelQueries();
      onIn();
      await client.invalidateQueries();
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
