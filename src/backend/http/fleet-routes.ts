import type { Clock } from '../../clock.ts';
import { sourceNames, type UnknownReason } from '../../domain/sourced.ts';
import { singleFlight } from '../concurrency/single-flight.ts';
import { delay, withTimeout } from '../concurrency/with-timeout.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ShownFleet } from '../fleet/shown-fleet.ts';
import type { Poller } from '../polling/poller.ts';
import { acceptsEncoding } from '../web/accept-encoding.ts';
import { listNotReadYet, noSuchCluster, problemReply } from '../web/problem-reply.ts';
import type { EventStream } from './event-stream.ts';
import type { Handlers } from './handler.ts';

/** How long the first reply about the fleet waits for the first read of the list, ms. */
const FIRST_LIST_TIMEOUT = 3_000;

/** How long a reply waits for the fresh read that it asked for, ms. */
const FRESH_READ_TIMEOUT = 3_000;

/** Shortest interval between fresh reads of a source, ms: every viewer may ask for one. */
const FRESH_READ_INTERVAL = 1_000;

export interface FleetRouteParts {
  readonly clock: Clock;
  readonly store: FleetStore;
  readonly shown: ShownFleet;
  readonly poller: Poller;
  readonly events: EventStream;
}

/** Whether another try soon may find something else, and does not keep Ray busy for long. */
function isWorthRetrying(reason: UnknownReason | undefined): boolean {
  return reason === 'unreachable' || reason === 'timed-out' || reason === 'failed' || reason === 'unreadable';
}

/** The fleet: since a version, as a stream, and a cluster as Ray wrote it. */
export function createFleetRoutes({ clock, store, shown, poller, events }: FleetRouteParts) {
  const freshReadPause = () => delay(clock, FRESH_READ_INTERVAL);
  const usageReads = (['jobs', 'actors', 'state'] as const).map((name) =>
    singleFlight(() => poller.refresh(name), freshReadPause),
  );

  async function waitForFirstList(): Promise<void> {
    if (store.state('list').last !== null || store.state('list').failure !== null) return;
    await withTimeout(clock, FIRST_LIST_TIMEOUT, poller.firstList);
  }

  /** Refreshes the usage of the clusters. On timeout the reply holds the older data; each source's `readAt` gives its age. */
  async function refreshUsage(): Promise<void> {
    await withTimeout(clock, FRESH_READ_TIMEOUT, Promise.all(usageReads.map((read) => read())));
  }

  /** Never makes Ray answer more often than once a second, however many people press. */
  const retryFailing = singleFlight(async () => {
    const failing = sourceNames.filter((name) => isWorthRetrying(store.state(name).failure?.reason));
    await withTimeout(clock, FRESH_READ_TIMEOUT, Promise.all(failing.map((name) => poller.refresh(name))));
  }, freshReadPause);

  return {
    async 'GET fleet'(c) {
      const fresh = c.req.query('fresh');
      if (fresh !== undefined && fresh !== 'users')
        return problemReply(400, 'bad-query', 'What is read afresh can only be users.');
      poller.noteInterest();
      await waitForFirstList();
      if (fresh === 'users') await refreshUsage();
      return c.json(shown.updateSince(c.req.query('since') ?? null));
    },
    'GET fleetEvents'(c) {
      // A HEAD reply drops its body without cancelling it, which would leave a stream open for nobody.
      if (c.req.raw.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
      const since = c.req.header('Last-Event-ID') ?? c.req.query('since') ?? null;
      const stream = events.open(since, c.get('principal'), acceptsEncoding(c.req.raw.headers, 'gzip'));
      return stream instanceof Response ? stream : tooManyStreams(stream);
    },
    async 'POST fleetRead'(c) {
      await retryFailing();
      return c.body(null, 204);
    },
    'GET clusterRaw'(c, id) {
      const list = store.state('list').last;
      if (list === null) return listNotReadYet();
      // The list that was read may be older than our own delete.
      const raw = id === null || store.listedCluster(id) === null ? null : list.value.raw(id);
      if (raw === null) return noSuchCluster();
      return c.body(raw, 200, { 'Content-Type': 'text/plain; charset=utf-8' });
    },
  } satisfies Partial<Handlers>;
}

function tooManyStreams(why: 'share-used' | 'full'): Response {
  const headers = { 'Retry-After': '10' };
  return why === 'share-used'
    ? problemReply(429, 'too-many-streams', 'You have too many pages open at once. Close some.', headers)
    : problemReply(503, 'too-many-streams', 'Too many pages are open at once. Try again later.', headers);
}
