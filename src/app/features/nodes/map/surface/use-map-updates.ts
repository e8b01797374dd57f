import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConsole, useFleet } from '../../../../api/console.tsx';
import type { Api } from '../../../../api/client.ts';
import { mapVersionOf } from '../../../../api/fleet-version.ts';
import { wholeMapQuery } from '../../../../api/map-queries.ts';
import type { MapUpdate } from '../../../../../contract/map.ts';
import { createMapUpdates, type MapUpdates } from './map-updates.ts';

/** The map, updated while the component is mounted, which rerenders with each update. */
export function useMapUpdates(): MapUpdates {
  const { api, clock } = useConsole();
  const { fleet } = useFleet();
  const client = useQueryClient();
  const [feed] = useState(() =>
    createMapUpdates({
      fetchUpdate: (since, signal, wanted) => (since === null ? wholeMap(client, api, wanted) : api.map(since, signal)),
      clock,
    }),
  );
  useEffect(() => feed.start(), [feed]);
  useSyncExternalStore(feed.subscribe, feed.revision);
  const version = fleet === null ? null : mapVersionOf(fleet);
  useEffect(() => {
    if (version !== null) feed.follow(version);
  }, [feed, version]);
  return feed;
}

/** The whole map, which may have been asked for already. It is not kept: the model is the page's copy. */
async function wholeMap(client: QueryClient, api: Api, version: string): Promise<MapUpdate> {
  const query = wholeMapQuery(api, version);
  try {
    return await client.fetchQuery(query);
  } finally {
    client.removeQueries({ queryKey: query.queryKey });
  }
}
