import type { Session } from '../../../contract/session.ts';
import { text } from '../../text/text.ts';
import classes from './account.module.css';
import { useSignOut } from './use-sign-in.ts';

/** Who is signed in, and the sign-out button for those who came by a link. Nothing where no sign-in is required. */
export function Account({ session: { who, via } }: { readonly session: Pick<Session, 'who' | 'via'> }) {
  const signOut = useSignOut();
  if (via === 'local') return null;
  return (
    <span className={classes['account']}>
      <span className={classes['who']} title={text.session.signedInAs(who)}>
        {who}
      </span>
      {via === 'link' && (
        <button
          type="button"
          className={`small-button ${classes['out'] ?? ''}`}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {text.session.signOut}
        </button>
      )}
    </span>
  );
}
