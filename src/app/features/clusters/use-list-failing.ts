import { useConnection, useFleet } from '../../api/console.tsx';
import { freshnessOf, isFailing } from '../../api/freshness.ts';

/** Whether the console, or Ray's list of virtual clusters, is known to fail; this does not depend on the current time. */
export function useListFailing(): boolean {
  const { fleet } = useFleet();
  const connection = useConnection();
  return fleet?.readOnly === 'list-unreadable' || isFailing(freshnessOf(fleet, connection, fleet?.now ?? 0));
}
