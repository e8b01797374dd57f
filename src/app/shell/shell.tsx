import { Suspense } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { useSession, useSignedOut } from '../api/console.tsx';
import { withoutBasePath } from '../routing/base-path.ts';
import { readRoute, type Route } from '../routing/routes.ts';
import { Frame } from './frame.tsx';
import { PageTitle } from './page-title-setter.tsx';
import classes from './shell.module.css';
import { lazyPart } from '../ui/lazy-part.ts';

const SignInScreen = lazyPart(() => import('../features/session/sign-in-screen.tsx'), 'SignInScreen');
const SessionExpired = lazyPart(() => import('../features/session/session-expired.tsx'), 'SessionExpired');

const SIGN_IN: Route = { page: 'sign-in' };

/** The page for the URL, or the sign-in screen. */
export function Shell() {
  const pathname = withoutBasePath(usePathname());
  const route = readRoute(pathname);
  const session = useSession();
  const signedOut = useSignedOut();
  const isAtLink = route.page === 'sign-in';
  // Without a session there is only the sign-in screen; if the session has ended, the page stays as it is behind a dialog.
  if (isAtLink || (signedOut !== null && session === null)) {
    return (
      <>
        <PageTitle route={SIGN_IN} />
        <Suspense fallback={null}>
          <SignInScreen how={signedOut ?? 'by-link'} isAtLink={isAtLink} isIn={session !== null} />
        </Suspense>
      </>
    );
  }
  return (
    <>
      <PageTitle route={route} />
      <div className={classes['kept']} inert={signedOut !== null}>
        <Frame route={route} pathname={pathname} session={session} />
      </div>
      {signedOut !== null && (
        <Suspense fallback={null}>
          <SessionExpired how={signedOut} />
        </Suspense>
      )}
    </>
  );
}
