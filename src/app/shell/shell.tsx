import { lazy, Suspense, useState, type ComponentType } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import type { Session } from '../../contract/session.ts';
import { useSession } from '../api/console.tsx';
import { ClustersPage } from './clusters-page.tsx';
import { pathTo, readRoute, type Route } from '../routing/routes.ts';
import { Account } from '../features/session/account.tsx';
import { useSignedOut } from '../features/session/use-sign-in.ts';
import { text } from '../text/text.ts';
import { withBasePath, withoutBasePath } from '../routing/base-path.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Link } from '../routing/link.tsx';
import { ScreenHeading } from '../ui/screen-heading.tsx';
import { FreshnessIndicator } from './freshness-indicator.tsx';
import { ThemeButton } from './theme-button.tsx';
import classes from './shell.module.css';

const NodesPage = lazy(() => import('../features/nodes/nodes-page.tsx').then((part) => ({ default: part.NodesPage })));
const JournalPage = lazy(() =>
  import('../features/journal/journal-page.tsx').then((part) => ({ default: part.JournalPage })),
);
const SignInScreen = lazy(() =>
  import('../features/session/sign-in-screen.tsx').then((part) => ({ default: part.SignInScreen })),
);
const SignInAgain = lazy(() =>
  import('../features/session/session-expired.tsx').then((part) => ({ default: part.SessionExpired })),
);
const SimulationDrawer: ComponentType<{ readonly opened: boolean; readonly close: () => void }> = lazy(() =>
  import('../features/simulation/simulation-drawer.tsx').then((part) => ({ default: part.SimulationDrawer })),
);

/** The bar, and below it the screen that the URL means. */
export function Shell() {
  const pathname = withoutBasePath(usePathname());
  const route = readRoute(pathname);
  const session = useSession();
  const signedOut = useSignedOut();
  const isAtLink = route.page === 'sign-in';
  // Whoever was never known here sees nothing else; whose session ended keeps the page as it is, behind the question.
  if (isAtLink || (signedOut !== null && session === null)) {
    return (
      <Suspense fallback={null}>
        <SignInScreen how={signedOut ?? 'by-link'} isAtLink={isAtLink} isIn={session !== null} />
      </Suspense>
    );
  }
  return (
    <>
      <div className={classes['kept']} inert={signedOut !== null}>
        <Frame route={route} pathname={pathname} session={session} />
      </div>
      {signedOut !== null && (
        <Suspense fallback={null}>
          <SignInAgain how={signedOut} />
        </Suspense>
      )}
    </>
  );
}

function Frame({
  route,
  pathname,
  session,
}: {
  readonly route: Route;
  readonly pathname: string;
  readonly session: Session | null;
}) {
  const [simulation, setSimulation] = useState<'never-opened' | 'open' | 'closed'>('never-opened');
  const [isMenuOpen, setMenuOpen] = useState(false);

  return (
    <div className={classes['shell']}>
      <a href="#content" className={classes['skip']}>
        {text.shell.skip}
      </a>
      <header className={classes['bar']}>
        <Link href={pathTo.clusters} className={classes['name']} aria-label={text.shell.name}>
          <img src={withBasePath('/icon.svg')} width="20" height="20" alt="" />
          <span className={classes['nameText']}>{text.shell.name}</span>
        </Link>
        <button
          type="button"
          className={`small-button ${classes['menuButton'] ?? ''}`}
          aria-expanded={isMenuOpen}
          aria-controls="main-navigation"
          onClick={() => setMenuOpen(!isMenuOpen)}
        >
          {text.shell.openNavigation}
        </button>
        <nav
          id="main-navigation"
          aria-label={text.shell.navigation}
          className={classes['links']}
          data-open={isMenuOpen}
        >
          <NavLink
            href={pathTo.clusters}
            label={text.shell.clusters}
            isCurrent={route.page === 'clusters'}
            onGo={() => setMenuOpen(false)}
          />
          <NavLink
            href={pathTo.nodes}
            label={text.shell.nodes}
            isCurrent={route.page === 'nodes'}
            onGo={() => setMenuOpen(false)}
          />
          <NavLink
            href={pathTo.journal}
            label={text.shell.journal}
            isCurrent={route.page === 'journal'}
            onGo={() => setMenuOpen(false)}
          />
        </nav>
        <div className={classes['right']}>
          <FreshnessIndicator />
          {session !== null && (
            <span className={classes['ray']} title={text.shell.signedInAs(session.who)}>
              {session.ray.simulated ? text.shell.simulated : text.shell.ray(session.ray.address, session.ray.version)}
            </span>
          )}
          {session?.ray.simulated === true && (
            <button
              type="button"
              className={`small-button ${classes['simulation'] ?? ''}`}
              onClick={() => setSimulation('open')}
            >
              {text.shell.simulation}
            </button>
          )}
          {session !== null && <Account session={session} />}
          <ThemeButton />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes['content']}>
        <ErrorBoundary resetKey={pathname}>
          <Suspense fallback={<p className={classes['loading']}>{text.shell.loading}</p>}>
            <Screen route={route} />
          </Suspense>
        </ErrorBoundary>
      </main>
      {simulation !== 'never-opened' && (
        <ErrorBoundary resetKey={simulation}>
          <Suspense fallback={null}>
            <SimulationDrawer opened={simulation === 'open'} close={() => setSimulation('closed')} />
          </Suspense>
        </ErrorBoundary>
      )}
    </div>
  );
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'clusters':
      return <ClustersPage panel={route.panel} />;
    case 'nodes':
      return <NodesPage />;
    case 'journal':
      return <JournalPage />;
    case 'sign-in':
      return null;
    case 'not-found':
      return (
        <div className={classes['page']}>
          <ScreenHeading takesFocus>{text.shell.notFound.title}</ScreenHeading>
          <p>
            <Link href={pathTo.clusters}>{text.shell.notFound.go}</Link>
          </p>
        </div>
      );
  }
}

interface NavLinkProps {
  readonly href: string;
  readonly label: string;
  readonly isCurrent: boolean;
  readonly onGo: () => void;
}

function NavLink({ href, label, isCurrent, onGo }: NavLinkProps) {
  return (
    <Link href={href} className={classes['link']} aria-current={isCurrent ? 'page' : undefined} onClick={onGo}>
      {label}
    </Link>
  );
}
