import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConsole, useFleet } from '../api/console.tsx';
import { epochOf } from '../api/page-fleet.ts';
import { createMapFeed, type MapFeed } from './map-feed.ts';

/** The map's cells, kept up while the component is shown; it is drawn again with each picture. */
export function useMapFeed(): MapFeed {
  const { api, clock } = useConsole();
  const { fleet } = useFleet();
  const [feed] = useState(() => createMapFeed({ ask: (since, signal) => api.map(since, signal), clock }));
  useEffect(() => feed.start(), [feed]);
  useSyncExternalStore(feed.subscribe, feed.steps);
  const version = fleet === null ? null : `${epochOf(fleet.version)}-${String(fleet.map)}`;
  useEffect(() => {
    if (version !== null) feed.follow(version);
  }, [feed, version]);
  return feed;
}
