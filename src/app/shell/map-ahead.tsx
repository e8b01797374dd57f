import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { useConsole, useFleet } from '../api/console.tsx';
import { mapVersionOf } from '../api/fleet-version.ts';
import { wholeMapQuery } from '../api/map-queries.ts';
import { readNodesView } from '../routing/nodes-view.ts';

/** Asks for the whole map while the map's code is loaded: one after the other, they would take as long as both. It shows nothing. */
export function MapAhead() {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const client = useQueryClient();
  const view = readNodesView(useSearch());
  const version = fleet === null || view === 'table' ? null : mapVersionOf(fleet);
  useEffect(() => {
    // The map asks again for what failed, and reports it.
    if (version !== null) void client.prefetchQuery(wholeMapQuery(api, version));
  }, [api, client, version]);
  return null;
}
