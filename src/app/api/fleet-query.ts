import { hashKey, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { FleetUpdate } from '../../contract/fleet.ts';
import type { Clock } from '../../clock.ts';
import type { Api } from './client.ts';
import { advanceFleet, type PageFleet } from './page-fleet.ts';
import { queryKeys } from './query-keys.ts';

/** Attempts at a fetch: an answer is useless when the stream has brought another epoch meanwhile. */
const MAX_ATTEMPTS = 3;

/** The fleet. The stream keeps it current; fetching asks only for what changed since the version that the page has. */
export function fleetQuery(api: Api, clock: Clock, client: QueryClient) {
  return queryOptions<PageFleet>({
    queryKey: queryKeys.fleet,
    queryFn: async ({ signal }) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const since = cachedFleet(client)?.version ?? null;
        const update = await api.fleet(since, signal);
        // Read again: the stream may have advanced the fleet during the request.
        const next = advanceFleet(cachedFleet(client), { update, since, at: clock.now() });
        if (next !== null) return next;
      }
      const latest = cachedFleet(client);
      if (latest === null) throw new Error('The back end answered a request for the whole fleet with a part of it.');
      return latest;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    // `advanceFleet` keeps unchanged parts itself: comparing megabytes at each step would cost more than rendering them.
    structuralSharing: false,
  });
}

/**
 * Asks the back end now, or joins a request under way. Marked as invalid first: by its age alone the fleet would count as
 * current until the time of a machine whose clock was set back has caught up.
 */
export function fetchFleet(client: QueryClient, query: ReturnType<typeof fleetQuery>): Promise<PageFleet> {
  void client.invalidateQueries({ queryKey: queryKeys.fleet, refetchType: 'none' });
  return client.fetchQuery({ ...query, staleTime: 0 });
}

const FLEET_HASH = hashKey(queryKeys.fleet);

/** The fleet as the page has it now; null before the first answer. Every age on the screen reads it, so the key is hashed only once. */
export function cachedFleet(client: QueryClient): PageFleet | null {
  return client.getQueryCache().get<PageFleet>(FLEET_HASH)?.state.data ?? null;
}

/** Applies an update from the stream or from another tab; false when the page must fetch what it misses. */
export function applyFleetUpdate(
  client: QueryClient,
  clock: Clock,
  update: FleetUpdate,
  since: string | null,
): boolean {
  const held = cachedFleet(client);
  const next = advanceFleet(held, { update, since, at: clock.now() });
  if (next === null) return false;
  if (next !== held) client.setQueryData(queryKeys.fleet, next);
  return true;
}

/** How far two clocks that count whole milliseconds may be apart, ms. */
const ROUNDING_MS = 2;

/**
 * Makes the back end ask Ray again who uses the clusters, and returns the fleet with the answer applied. Null when that
 * is not known: the console does not answer, or Ray did not in time.
 */
export async function refreshClusterUsers(
  api: Api,
  clock: Clock,
  client: QueryClient,
  signal: AbortSignal,
): Promise<PageFleet | null> {
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const since = cachedFleet(client)?.version ?? null;
      const requestedAt = clock.now();
      const update = await api.fleet(since, signal, { fresh: 'users' });
      const took = clock.now() - requestedAt + ROUNDING_MS;
      if (!applyFleetUpdate(client, clock, update, since)) continue;
      // A failing source is shown as such; one that was last read before the request is not fresh.
      const isFresh = (['jobs', 'actors'] as const).every((name) => {
        const { readAt, failure } = update.sources[name];
        return failure !== null || (readAt !== null && readAt >= update.now - took);
      });
      return isFresh ? cachedFleet(client) : null;
    }
    return null;
  } catch {
    return null;
  }
}
