import { text } from '../../text/text.ts';
import { useSignOut } from './use-sign-in.ts';

/** The sign-out button, for those who came by a link. */
export function SignOut() {
  const signOut = useSignOut();
  return (
    <button type="button" className="small-button" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
      {text.session.signOut}
    </button>
  );
}
