import { lazy } from 'react';
import { Link } from '../routing/link.tsx';
import { pathTo, type Route } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { ScreenHeading } from '../ui/screen-heading.tsx';
import { ClustersPage } from './clusters-page.tsx';
import classes from './shell.module.css';

const NodesScreen = lazy(() => import('./nodes-screen.tsx').then((part) => ({ default: part.NodesScreen })));
const JournalPage = lazy(() =>
  import('../features/journal/journal-page.tsx').then((part) => ({ default: part.JournalPage })),
);

const UsagePage = lazy(() => import('../features/usage/usage-page.tsx').then((part) => ({ default: part.UsagePage })));
const PlansPage = lazy(() => import('../features/plans/plans-page.tsx').then((part) => ({ default: part.PlansPage })));
const PlanPage = lazy(() => import('../features/plans/plan-page.tsx').then((part) => ({ default: part.PlanPage })));
const FleetFilePage = lazy(() =>
  import('../features/fleet-file/fleet-file-page.tsx').then((part) => ({ default: part.FleetFilePage })),
);

/** The screen of a route. */
export function Screen({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'clusters':
      return <ClustersPage panel={route.panel} />;
    case 'nodes':
      return <NodesScreen />;
    case 'usage':
      return <UsagePage />;
    case 'fleet-file':
      return <FleetFilePage />;
    case 'plans':
      return route.planId === null ? <PlansPage /> : <PlanPage key={route.planId} id={route.planId} />;
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
