import { lazy, Suspense, useState, type ComponentType } from 'react';
import type { Session } from '../../contract/session.ts';
import { Account } from '../features/session/account.tsx';
import { withBasePath } from '../routing/base-path.ts';
import { Link } from '../routing/link.tsx';
import { pathTo, type Route } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { FreshnessIndicator } from './freshness-indicator.tsx';
import { PrintHeader } from './print-header.tsx';
import { Screen } from './screen.tsx';
import classes from './shell.module.css';
import { ThemeButton } from './theme-button.tsx';

const SimulationDrawer: ComponentType<{ readonly opened: boolean; readonly close: () => void }> = lazy(() =>
  import('../features/simulation/simulation-drawer.tsx').then((part) => ({ default: part.SimulationDrawer })),
);

/** The bar with the navigation, and below it the screen. */
export function Frame({
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
      <PrintHeader session={session} />
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
            onNavigate={() => setMenuOpen(false)}
          />
          <NavLink
            href={pathTo.nodes}
            label={text.shell.nodes}
            isCurrent={route.page === 'nodes'}
            onNavigate={() => setMenuOpen(false)}
          />
          <NavLink
            href={pathTo.journal}
            label={text.shell.journal}
            isCurrent={route.page === 'journal'}
            onNavigate={() => setMenuOpen(false)}
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

interface NavLinkProps {
  readonly href: string;
  readonly label: string;
  readonly isCurrent: boolean;
  readonly onNavigate: () => void;
}

function NavLink({ href, label, isCurrent, onNavigate }: NavLinkProps) {
  return (
    <Link href={href} className={classes['link']} aria-current={isCurrent ? 'page' : undefined} onClick={onNavigate}>
      {label}
    </Link>
  );
}
