import { useEffect } from 'react';
import type { SignedOut } from '../../api/api-error.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { withBasePath } from '../../routing/base-path.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { ProxySignInNotice } from './proxy-sign-in-notice.tsx';
import { SignInForm } from './sign-in-form.tsx';
import classes from './sign-in.module.css';
import { tokenIn } from './sign-in-token.ts';
import { useSignIn } from './use-sign-in.ts';

/** Shown to people who are not signed in. A sign-in link opens it with its token in the fragment, which is used and removed from the URL at once. */
export function SignInScreen({
  how,
  isAtLink,
  isIn,
}: {
  readonly how: SignedOut;
  readonly isAtLink: boolean;
  readonly isIn: boolean;
}) {
  const { signIn, isPending, failure } = useSignIn(() => {
    if (isAtLink) navigateTo(pathTo.clusters, { replace: true });
  });

  useEffect(() => {
    const token = tokenIn(window.location.hash);
    if (isAtLink && isIn && token === null) navigateTo(pathTo.clusters, { replace: true });
    if (!isAtLink || token === null) return;
    window.history.replaceState(null, '', withBasePath(pathTo.signIn));
    signIn(token);
  }, [isAtLink, isIn, signIn]);

  return (
    <main className={classes['screen']}>
      <div className={classes['box']}>
        <p className={classes['name']}>
          <img src={withBasePath('/icon.svg')} width="20" height="20" alt="" />
          {text.shell.name}
        </p>
        <h1>{text.session.title}</h1>
        {how === 'by-proxy' ? (
          <ProxySignInNotice />
        ) : (
          <>
            <p>{text.session.how}</p>
            <SignInForm signIn={signIn} isPending={isPending} failure={failure} />
          </>
        )}
      </div>
    </main>
  );
}
