import { useLayoutEffect } from 'react';
import { freshnessOf } from '../api/freshness.ts';
import { useConnection, useFleet, useSession } from '../api/console.tsx';
import type { Route } from '../routing/routes.ts';
import { pageTitleOf } from './page-title.ts';

/** Keeps the document's title. A component of its own, so that an update of the fleet renders nothing else for it. */
export function PageTitle({ route }: { readonly route: Route }) {
  const { fleet } = useFleet();
  const connection = useConnection();
  const dead = fleet?.nodeCounts.dead ?? null;
  const title = pageTitleOf(route, {
    // Whether reading fails does not depend on the current time.
    freshness: freshnessOf(fleet, connection, fleet?.now ?? 0).kind,
    dead: dead?.known === true ? dead.value : null,
    ray: useSession()?.ray.name ?? null,
  });
  useLayoutEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
