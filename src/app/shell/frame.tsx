import { Suspense, useState } from 'react';
import type { Session } from '../../contract/session.ts';
import { OutageBanner } from '../features/outage/outage-banner.tsx';
import { withBasePath } from '../routing/base-path.ts';
import { Link } from '../routing/link.tsx';
import { pathTo, type Route } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Keys } from '../ui/keys.tsx';
import { latePart } from '../ui/late-part.tsx';
import { AccountMenu } from './account-menu.tsx';
import { FreshnessIndicator } from './freshness-indicator.tsx';
import { MainNavigation } from './main-navigation.tsx';
import { PrintHeader } from './print-header.tsx';
import { rayText } from './ray-text.ts';
import { Screen } from './screen.tsx';
import { ToastSlot } from './toast-slot.tsx';
import classes from './shell.module.css';
import { useEarlyKeys } from './use-early-keys.ts';
import { usePageKeys, type Overlay } from './use-page-keys.ts';
import { lazyPart } from '../ui/lazy-part.ts';

const RaySwitcher = lazyPart(() => import('./ray-switcher.tsx'), 'RaySwitcher');
const { Part: PaletteHost } = latePart(() => import('./palette-host.tsx'), 'PaletteHost');
const { Part: ShortcutSheet } = latePart(() => import('../features/shortcuts/shortcut-sheet.tsx'), 'ShortcutSheet');
const { Part: SimulationDrawer } = latePart(
  () => import('../features/simulation/simulation-drawer.tsx'),
  'SimulationDrawer',
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

  const [overlay, setOverlay] = useState<Overlay | null>(null);
  usePageKeys(route, session, overlay === null ? setOverlay : null);
  const takeEarlyKeys = useEarlyKeys(overlay, setOverlay);
  const closeOverlay = () => setOverlay(null);

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
        {session?.ray.name !== undefined && (
          <Suspense fallback={<span className={classes['switcher']}>{session.ray.name}</span>}>
            <RaySwitcher name={session.ray.name} pathname={pathname} />
          </Suspense>
        )}
        <MainNavigation page={route.page} search={() => setOverlay('palette')} />
        <div className={classes['right']}>
          <button
            type="button"
            className={`small-button ${classes['search'] ?? ''}`}
            onClick={() => setOverlay('palette')}
          >
            {text.shell.search}
            <Keys of="palette" />
          </button>
          <FreshnessIndicator />
          {session !== null && (
            <span className={classes['ray']} data-simulated={session.ray.simulated}>
              {rayText(session.ray)}
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
          <AccountMenu session={session} showShortcuts={() => setOverlay('shortcuts')} />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes['content']}>
        <ErrorBoundary resetKey={pathname} isScreen>
          <Suspense fallback={<p className={classes['loading']}>{text.shell.loading}</p>}>
            <Screen route={route} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <ToastSlot />
      <OutageBanner />
      {overlay === 'palette' && (
        <PaletteHost
          route={route}
          takeEarlyKeys={takeEarlyKeys}
          openSimulation={() => setSimulation('open')}
          openShortcuts={() => setOverlay('shortcuts')}
          close={closeOverlay}
        />
      )}
      {overlay === 'shortcuts' && <ShortcutSheet close={closeOverlay} />}
      {simulation !== 'never-opened' && (
        <ErrorBoundary resetKey={simulation}>
          <SimulationDrawer opened={simulation === 'open'} close={() => setSimulation('closed')} />
        </ErrorBoundary>
      )}
    </div>
  );
}
