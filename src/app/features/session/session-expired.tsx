import { useId } from 'react';
import type { SignedOut } from '../../api/api-error.ts';
import { text } from '../../text/text.ts';
import { ProxySignInNotice } from './proxy-sign-in-notice.tsx';
import { SignInForm } from './sign-in-form.tsx';
import classes from './sign-in.module.css';
import { useSignIn } from './use-sign-in.ts';

/** A sign-in dialog over the page when the session ends; unsaved input stays behind it. */
export function SessionExpired({ how }: { readonly how: SignedOut }) {
  const { signIn, isPending, failure } = useSignIn(() => undefined);
  const id = useId();
  return (
    <div className={classes['over']}>
      <div className={classes['box']} role="dialog" aria-modal="true" aria-labelledby={id}>
        <h2 id={id}>{text.session.again}</h2>
        {how === 'by-proxy' ? (
          <ProxySignInNotice />
        ) : (
          <>
            <p>{text.session.howAgain}</p>
            <SignInForm signIn={signIn} isPending={isPending} failure={failure} />
          </>
        )}
      </div>
    </div>
  );
}
