import type { Clock } from '../../clock.ts';
import { perSource, sourceNames, type SourceName } from '../../domain/sourced.ts';
import type { Ray, RayRead } from '../../ray/client/ray.ts';
import { sources, type SourceValues } from '../../ray/client/sources.ts';
import { createDebounce } from '../concurrency/debounce.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ReplaceableSource } from '../fleet/source-states.ts';
import type { WritePriority } from './write-priority.ts';
import { createReadPace } from './read-pace.ts';
import type { SharedPace } from './shared-pace.ts';
import { createPolledSource, type PolledSource, type ReadCost } from './polled-source.ts';

/** Polls Ray into the fleet store, once for all browsers. */
export interface Poller {
  /** Counts as watched until the returned function is called. */
  addWatcher(): () => void;
  /** Counts as watched for a while, as after a request for the fleet. */
  noteInterest(): void;
  isWatched(): boolean;
  /** Reads a source now, past Ray's cache. Resolves when a read that began from now on has ended: whether it was good. */
  refresh(name: SourceName): Promise<boolean>;
  /** After a write or a surprise: reads what it can have changed, after `AFTER_WRITE_DELAY`, as early as the reads' cost allows. */
  refreshAfterWrite(): void;
  /** Reads everything, whatever it costs, after the caller's own work. */
  refreshAll(): void;
  /** When a source is read next, ms since 1970; null before that was planned. */
  nextReadAt(name: SourceName): number | null;
  /** Resolves when the first read of the list has ended. */
  readonly firstList: Promise<unknown>;
  close(): void;
}

/** Lets the reply to the write reach its reader before Ray and the console are busy reading, ms. */
const AFTER_WRITE_DELAY = 50;

/** How long a request counts as watching, ms. */
const INTEREST_LIFETIME = 20_000;

export function createPoller(parts: {
  readonly ray: Ray;
  readonly store: FleetStore;
  readonly clock: Clock;
  readonly writePriority: WritePriority;
  /** Larger replies are polled from Ray's cache; left out: 500 kB. Only tests shorten it. */
  readonly maxFreshBytes?: number | undefined;
  /** Of one of several Rays. */
  readonly sharedPace?: SharedPace | undefined;
}): Poller {
  const { ray, store, clock, writePriority, maxFreshBytes, sharedPace } = parts;
  let watchers = 0;
  let interestAt = Number.NEGATIVE_INFINITY;
  const isWatched = () => watchers > 0 || clock.now() < interestAt + INTEREST_LIFETIME;

  const pace = createReadPace({ store, isWatched, maxFreshBytes, shared: sharedPace?.join(isWatched) ?? null });

  async function readRay<K extends SourceName>(name: K, fresh: boolean): Promise<RayRead<SourceValues[K]>> {
    const reading = await ray.read(name, { fresh });
    pace.note(name, reading);
    return reading;
  }

  async function readReplaceable(name: ReplaceableSource, urgent: boolean): Promise<ReadCost> {
    const fresh = pace.isFresh(name, urgent);
    const begun = store.moment();
    const reading = await readRay(name, fresh);
    store.accept(name, reading, reading.ok ? pace.effectiveMoment(name, begun, fresh) : begun);
    return costOf(reading);
  }

  async function readList(urgent: boolean): Promise<ReadCost> {
    const fresh = pace.isFresh('list', urgent);
    const begun = store.moment();
    const reading = await readRay('list', fresh);
    // The clusters of two Rays must never be shown together: if this may be another one, its identity is read first.
    if (
      reading.ok &&
      mayBeAnotherRay(reading.value.clusters.length) &&
      !(await readIdentity()).ok &&
      store.state('identity').last !== null
    ) {
      // The session was known before and now is not, so nobody knows whose list this is. The next read tries again.
      return { ...costOf(reading), ok: false };
    }
    store.acceptList(reading, reading.ok ? pace.effectiveMoment('list', begun, fresh) : begun);
    refreshLivenessAfterList();
    return costOf(reading);
  }

  async function readState(urgent: boolean): Promise<ReadCost> {
    const failedBefore = store.state('state').failure !== null;
    const cost = await readReplaceable('state', urgent);
    // Other sources stand in for it from now on.
    if (!cost.ok && !failedBefore) {
      polled.get('summary')?.reschedule();
      refreshLivenessAfterList();
    }
    return cost;
  }

  async function readIdentity(): Promise<ReadCost> {
    const epoch = store.epoch();
    const begun = store.moment();
    const reading = await readRay('identity', false);
    store.acceptIdentity(reading, begun);
    if (store.epoch() !== epoch) {
      for (const [name, source] of polled) if (name !== 'identity') void source.refresh();
    }
    return costOf(reading);
  }

  function read(name: SourceName, urgent: boolean): Promise<ReadCost> {
    switch (name) {
      case 'list':
        return readList(urgent);
      case 'state':
        return readState(urgent);
      case 'identity':
        return readIdentity();
      case 'liveness':
      case 'summary':
      case 'actors':
      case 'jobs':
        return readReplaceable(name, urgent);
    }
  }

  /** After an outage, or with an empty list, Ray may have been restarted (fact 27). */
  function mayBeAnotherRay(clusterCount: number): boolean {
    const reason = store.state('list').failure?.reason;
    return (
      reason === 'unreachable' || reason === 'timed-out' || (clusterCount === 0 && store.listedClusters().length > 0)
    );
  }

  /** While the state API is down, the free pool needs the nodes as they are after the list arrived. */
  function refreshLivenessAfterList() {
    if (isWatched() && store.state('state').failure !== null) polled.get('liveness')?.refreshSoon();
  }

  const polled = new Map<SourceName, PolledSource>();
  const firstReads = perSource(createSignal);
  for (const name of sourceNames) {
    const { firstReadAfter } = sources[name];
    polled.set(
      name,
      createPolledSource({
        clock,
        interval: () => pace.interval(name),
        ...(firstReadAfter === null ? {} : { after: firstReads[firstReadAfter].ended }),
        read: async (urgent) => {
          try {
            const yielder = writePriority.yielderFor(name);
            if (yielder.shouldYield()) await yielder.waitForTurn();
            return await read(name, urgent);
          } finally {
            firstReads[name].end();
          }
        },
      }),
    );
  }

  function refresh(name: SourceName): Promise<boolean> {
    const ended = writePriority.beginAwaitedRead(name);
    return (polled.get(name)?.refresh() ?? Promise.resolve(false)).finally(ended);
  }

  function wakeIfUnwatched(wasWatched: boolean) {
    if (!wasWatched) for (const source of polled.values()) source.reschedule();
  }

  const afterWrite = createDebounce(
    clock,
    () => {
      for (const [name, source] of polled) if (sources[name].isReadAfterWrite) source.refreshSoon();
    },
    AFTER_WRITE_DELAY,
  );
  const all = createDebounce(clock, () => {
    for (const name of sourceNames) void refresh(name);
  });

  return {
    addWatcher() {
      const wasWatched = isWatched();
      watchers += 1;
      wakeIfUnwatched(wasWatched);
      let isHeld = true;
      return () => {
        if (isHeld) watchers -= 1;
        isHeld = false;
      };
    },
    noteInterest() {
      const wasWatched = isWatched();
      interestAt = clock.now();
      wakeIfUnwatched(wasWatched);
    },
    isWatched,
    refresh,
    refreshAfterWrite: afterWrite.trigger,
    refreshAll: all.trigger,
    nextReadAt: (name) => polled.get(name)?.nextReadAt() ?? null,
    firstList: firstReads.list.ended,
    close() {
      afterWrite.cancel();
      all.cancel();
      for (const source of polled.values()) source.close();
    },
  };
}

function costOf(reading: RayRead<unknown>): ReadCost {
  return {
    ok: reading.ok,
    timedOut: !reading.ok && reading.reason === 'timed-out',
    took: reading.arrivedAt - reading.begunAt,
  };
}

/** A promise with its resolver. */
function createSignal(): { readonly ended: Promise<void>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}
