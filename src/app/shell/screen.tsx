import { Link } from '../routing/link.tsx';
import { pathTo, type Route } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { latePart } from '../ui/late-part.tsx';
import { ScreenHeading } from '../ui/screen-heading.tsx';
import { ClustersPage } from './clusters-page.tsx';
import { MapAhead } from './map-ahead.tsx';
import classes from './shell.module.css';

const loading = () => <p className={classes['loading']}>{text.shell.loading}</p>;
const { Part: NodesScreen } = latePart(
  () => import('./nodes-screen.tsx'),
  'NodesScreen',
  () => (
    <>
      <MapAhead />
      {loading()}
    </>
  ),
);
const { Part: JournalPage } = latePart(() => import('../features/journal/journal-page.tsx'), 'JournalPage', loading);
const { Part: UsagePage } = latePart(() => import('../features/usage/usage-page.tsx'), 'UsagePage', loading);
const { Part: PlansPage } = latePart(() => import('../features/plans/plans-page.tsx'), 'PlansPage', loading);
const { Part: PlanPage } = latePart(() => import('../features/plans/plan-page.tsx'), 'PlanPage', loading);
const { Part: FleetFilePage } = latePart(
  () => import('../features/fleet-file/fleet-file-page.tsx'),
  'FleetFilePage',
  loading,
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
