import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConsole, useFleet } from '../../../api/console.tsx';
import { fleetEpochOf } from '../../../api/fleet-version.ts';
import { createMapUpdates, type MapUpdates } from './map-updates.ts';

/** The map, updated while the component is mounted, which rerenders with each update. */
export function useMapUpdates(): MapUpdates {
  const { api, clock } = useConsole();
  const { fleet } = useFleet();
  const [feed] = useState(() => createMapUpdates({ fetchUpdate: (since, signal) => api.map(since, signal), clock }));
  useEffect(() => feed.start(), [feed]);
  useSyncExternalStore(feed.subscribe, feed.revision);
  const version = fleet === null ? null : `${fleetEpochOf(fleet.version)}-${String(fleet.map)}`;
  useEffect(() => {
    if (version !== null) feed.follow(version);
  }, [feed, version]);
  return feed;
}
