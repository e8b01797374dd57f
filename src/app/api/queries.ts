import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { FleetUpdate } from '../../contract/fleet.ts';
import type { JournalQuery } from '../../contract/journal.ts';
import type { NodeQuery } from '../../contract/nodes.ts';
import type { Clock } from '../../clock.ts';
import type { Api } from './client.ts';
import { advanceFleet, type PageFleet } from './page-fleet.ts';

const fleetKey = ['fleet'] as const;

/** An answer is of no use when a stream has brought another epoch meanwhile: then it is asked for anew. */
const ATTEMPTS = 3;

/** The fleet. Its stream moves it; fetching asks for what is missing since the version that the page has. */
export function fleetQuery(api: Api, clock: Clock, client: QueryClient) {
  return queryOptions<PageFleet>({
    queryKey: fleetKey,
    queryFn: async ({ signal }) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const since = cachedFleet(client)?.version ?? null;
        const update = await api.fleet(since, signal);
        // What is held now, not when it was asked: the stream may have moved it meanwhile.
        const next = advanceFleet(cachedFleet(client), { update, since, at: clock.now() });
        if (next !== null) return next;
      }
      const latest = cachedFleet(client);
      if (latest === null) throw new Error('The back end gave a part of the fleet where all was asked for.');
      return latest;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    // It is moved forward by hand: comparing megabytes at each step would cost more than drawing them.
    structuralSharing: false,
  });
}

/** The fleet as the page has it now; null before the first answer. */
export function cachedFleet(client: QueryClient): PageFleet | null {
  return client.getQueryData<PageFleet>(fleetKey) ?? null;
}

/** Takes in an update that came by the stream or from another tab; false when the page must ask for what it misses. */
export function applyFleetUpdate(
  client: QueryClient,
  clock: Clock,
  update: FleetUpdate,
  since: string | null,
): boolean {
  const held = cachedFleet(client);
  const next = advanceFleet(held, { update, since, at: clock.now() });
  if (next === null) return false;
  if (next !== held) client.setQueryData(fleetKey, next);
  return true;
}

/** How far two clocks that count whole milliseconds may be apart, ms. */
const ROUNDING = 2;

/**
 * Has Ray asked anew who uses the clusters, and takes the answer in: the fleet as it then is. Null when nobody can tell: the
 * console does not answer, or Ray did not in time.
 */
export async function refreshClusterUsers(
  api: Api,
  clock: Clock,
  client: QueryClient,
  signal: AbortSignal,
): Promise<PageFleet | null> {
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const since = cachedFleet(client)?.version ?? null;
      const askedAt = clock.now();
      const update = await api.fleet(since, signal, { fresh: 'users' });
      const took = clock.now() - askedAt + ROUNDING;
      if (!applyFleetUpdate(client, clock, update, since)) continue;
      // A source that fails says so itself; one that was read before the question has said nothing new.
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

/** Who am I, what may I do, which Ray is this. */
export function sessionQuery(api: Api) {
  // Seldom: whose session has ended is told so by whatever they ask next, and their stream ends.
  return queryOptions({ queryKey: ['session'], queryFn: ({ signal }) => api.session(signal), refetchInterval: 60_000 });
}

/** How many nodes a page of `nodePageQuery` has. */
export const NODES_PER_PAGE = 200;

/**
 * One page of the nodes that match: each page by itself, so that a table deep in them asks only for what it shows. Its
 * key has no version: the page shown stays until its successor has come (`invalidateStaleNodePages` asks for it).
 */
export function nodePageQuery(
  api: Api,
  clusterId: string | null,
  query: Omit<NodeQuery, 'offset' | 'limit'>,
  page: number,
) {
  const asked = { ...query, offset: page * NODES_PER_PAGE, limit: NODES_PER_PAGE };
  return queryOptions({
    queryKey: ['node-pages', clusterId, query, page],
    queryFn: ({ signal }) =>
      clusterId === null ? api.nodes(asked, signal) : api.clusterNodes(clusterId, asked, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });
}

/** Asks again for the pages of nodes that are shown and tell of another version of the fleet. */
export async function invalidateStaleNodePages(
  client: QueryClient,
  clusterId: string | null,
  version: string,
): Promise<void> {
  await client.invalidateQueries({
    queryKey: ['node-pages', clusterId],
    predicate: ({ state }) => {
      const page = state.data;
      return typeof page === 'object' && page !== null && 'version' in page && page.version !== version;
    },
  });
}

/** The journal: the newest changes that match, and older ones as they are asked for. */
export function journalQuery(api: Api, query: JournalQuery) {
  return infiniteQueryOptions({
    queryKey: ['changes', 'journal', query],
    queryFn: ({ pageParam, signal }) => api.changes({ ...query, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.changes.length, 0);
      return last.changes.length > 0 && shown < last.total ? shown : undefined;
    },
    refetchInterval: 10_000,
  });
}

/** The newest changes, of one cluster or of all. */
export function changesQuery(api: Api, cluster: string | null) {
  return queryOptions({
    queryKey: ['changes', 'newest', cluster],
    queryFn: ({ signal }) => api.changes(cluster === null ? {} : { cluster }, signal),
    refetchInterval: 10_000,
  });
}

/** The cluster as Ray wrote it. */
export function rawQuery(api: Api, clusterId: string) {
  return queryOptions({
    queryKey: ['raw', clusterId],
    queryFn: ({ signal }) => api.clusterRaw(clusterId, signal),
    gcTime: 0,
  });
}
