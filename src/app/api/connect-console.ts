import { CancelledError, type QueryClient } from '@tanstack/react-query';
import type { Clock } from '../../clock.ts';
import { signedOut } from './api-error.ts';
import type { Api } from './client.ts';
import { applyFleetUpdate, cachedFleet, fetchFleet, fleetQuery } from './fleet-query.ts';
import { createFleetStabilizer } from './fleet-stabilizer.ts';
import { createLiveUpdates, type LiveUpdates, type LiveUpdatesParts } from './live-updates.ts';
import type { PageFleet } from './page-fleet.ts';
import { createServerTime, type ServerTime } from './server-time.ts';

/** The services that every part of the page uses. */
export interface Console {
  readonly api: Api;
  readonly clock: Clock;
  /** Makes UUIDs. */
  readonly ids: () => string;
  readonly live: LiveUpdates;
  readonly time: ServerTime;
  /** Returns the previous fleet while only ages differ, so that identity means "something changed". */
  readonly stabilizeFleet: (fleet: PageFleet) => PageFleet;
}

/** What the browser, or a test, provides. */
export interface ConsoleParts {
  readonly api: Api;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly stream: Pick<LiveUpdatesParts, 'openStream' | 'lock' | 'channel' | 'visibility'>;
}

/** Wires the live updates and the server time to the page's query cache. */
export function connectConsole({ api, clock, ids, stream }: ConsoleParts, client: QueryClient): Console {
  const query = fleetQuery(api, clock, client);
  const live = createLiveUpdates({
    ...stream,
    clock,
    currentVersion: () => cachedFleet(client)?.version ?? null,
    applyUpdate: (update, since) => applyFleetUpdate(client, clock, update, since),
    async fetchUpdates(giveUp) {
      giveUp.addEventListener('abort', () => void client.cancelQueries({ queryKey: query.queryKey }));
      for (;;) {
        try {
          await fetchFleet(client, query);
          return 'answered';
        } catch (error) {
          if (signedOut(error) !== null) return 'refused';
          // A component that unmounts cancels a request that it shares with this one: that is no answer.
          if (!(error instanceof CancelledError) || giveUp.aborted) return 'failed';
        }
      }
    },
  });
  const time = createServerTime({ clock, visibility: stream.visibility, lastReading: () => cachedFleet(client) });
  return { api, clock, ids, live, time, stabilizeFleet: createFleetStabilizer() };
}
