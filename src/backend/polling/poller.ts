import type { Clock } from '../../clock.ts';
import { sourceNames, type SourceName } from '../../domain/sourced.ts';
import type { Ray, RayRead } from '../../ray/client/client.ts';
import type { Moment } from '../fleet/cluster-list-store.ts';
import { createDebounce } from '../concurrency/debounce.ts';
import type { ReplaceableSource, FleetStore, SourceValues } from '../fleet/fleet-store.ts';
import type { WritePriority } from './write-priority.ts';
import { createPolledSource, type ReadCost, type PolledSource } from './polled-source.ts';

/** Reads Ray for all browsers at once, into the read model. */
export interface Poller {
  /** Somebody watches until the returned function is called. */
  addWatcher(): () => void;
  /** Somebody asked: counts as watching for a while. */
  noteInterest(): void;
  isWatched(): boolean;
  /** Reads a source now, past Ray's cache; resolves when a read that began from now on has ended: whether it was good. */
  refresh(name: SourceName): Promise<boolean>;
  /** After a write or a surprise: everything that it can have moved, `AFTER_WRITE` later, as soon as the cost of reading it allows. */
  refreshAfterWrite(): void;
  /** Everything, past its cost, as soon as whatever asked for it is answered. */
  refreshAll(): void;
  /** Resolves when the list's first read has ended. */
  readonly firstList: Promise<unknown>;
  close(): void;
}

/** Times between two reads while somebody watches, ms. */
const WATCHED_INTERVALS: Record<SourceName, number> = {
  list: 3_000,
  liveness: 3_000,
  state: 3_000,
  summary: 6_000,
  actors: 5_000,
  jobs: 5_000,
  identity: 15_000,
};

/** While nobody does: enough that the first look shows something. */
const UNWATCHED_INTERVAL = 30_000;

/** The summary weighs 7 kB a node, and tells only what the state API tells too while that works (fact 19). */
const BACKUP_SUMMARY_INTERVAL = 30_000;

/** What was too large is most likely too large still, and Ray stands still for as long as it writes it, ms. */
const TOO_LARGE_RETRY = 5 * 60_000;

/** The answer reaches whoever waits for it before Ray, and the console, have their hands full again, ms. What it says is shown by then. */
const AFTER_WRITE_DELAY = 50;

/** How long an asking counts as watching, ms. */
const INTEREST_LIFETIME = 20_000;

/** Above this weight, polls leave Ray's cache alone: it keeps 128 replies, whole (fact 4). */
const MAX_FRESH_BYTES = 500_000;

/** How long Ray answers from its cache, ms (facts 4, 19). */
const CACHE_TTL = { list: 10_000, summary: 2_000 };

export function createPoller(parts: {
  readonly ray: Ray;
  readonly model: FleetStore;
  readonly clock: Clock;
  readonly writePriority: WritePriority;
}): Poller {
  const { ray, model, clock, writePriority } = parts;
  let watchers = 0;
  let interestAt = Number.NEGATIVE_INFINITY;
  const replyBytes = { list: 0, summary: 0 };
  /** When the last plain read of each went out: it made Ray look, so what the next one gets is no older. */
  const lastCachedReadAt = new Map<'list' | 'summary', number>();

  const isWatched = () => watchers > 0 || clock.now() < interestAt + INTEREST_LIFETIME;

  function interval(name: SourceName): number {
    if (model.state(name).failure?.reason === 'too-large') return TOO_LARGE_RETRY;
    if (!isWatched()) return UNWATCHED_INTERVAL;
    const state = model.state('state');
    if (name === 'summary' && state.failure === null && state.last !== null) return BACKUP_SUMMARY_INTERVAL;
    // It follows the list then; by itself it only goes on when the list does not come.
    if (name === 'liveness' && state.failure !== null) return 2 * WATCHED_INTERVALS.list;
    return WATCHED_INTERVALS[name];
  }

  /** Whether a read goes past Ray's cache; one that must tell something new always does. */
  function isFresh(name: 'list' | 'summary', urgent: boolean): boolean {
    return urgent || replyBytes[name] < MAX_FRESH_BYTES || model.state(name).last === null;
  }

  /**
   * What a good read counts as begun at. Ray answers from its cache with what it found when it was last asked for the
   * same, or up to its time to live before (fact 4): as old as our own last plain read, and that much. How old the
   * first plain read's answer is nobody knows: it takes the place of nothing.
   */
  function effectiveMoment(begun: Moment, name: 'list' | 'summary', fresh: boolean): Moment {
    if (fresh) return begun;
    const before = lastCachedReadAt.get(name);
    lastCachedReadAt.set(name, begun.at);
    return { ...begun, at: before === undefined ? Number.NEGATIVE_INFINITY : before - CACHE_TTL[name] };
  }

  const readReplaceable =
    <K extends ReplaceableSource>(name: K, read: () => Promise<RayRead<SourceValues[K]>>) =>
    async (): Promise<ReadCost> => {
      const begun = model.moment();
      const reading = await read();
      model.accept(name, reading, begun);
      return costOf(reading);
    };

  const reads: Record<SourceName, (urgent: boolean) => Promise<ReadCost>> = {
    async list(urgent) {
      const fresh = isFresh('list', urgent);
      const begun = model.moment();
      const reading = await ray.readList({ fresh });
      if (reading.ok) replyBytes.list = reading.bytes;
      // Nothing of another Ray may be shown among what this one had: where it may be one, that is looked at first.
      if (
        reading.ok &&
        mayBeAnotherRay(reading.value.clusters.length) &&
        !(await reads.identity(true)).ok &&
        model.state('identity').last !== null
      ) {
        // Ray told its session before, and doesn't now: whose list this is nobody knows. The next one is looked at again.
        return { ...costOf(reading), ok: false };
      }
      model.acceptList(reading, reading.ok ? effectiveMoment(begun, 'list', fresh) : begun);
      refreshLivenessAfterList();
      return costOf(reading);
    },
    async summary(urgent) {
      const fresh = isFresh('summary', urgent);
      const begun = model.moment();
      const reading = await ray.readSummary({ fresh });
      if (reading.ok) replyBytes.summary = reading.bytes;
      model.accept('summary', reading, reading.ok ? effectiveMoment(begun, 'summary', fresh) : begun);
      return costOf(reading);
    },
    async state() {
      const failedBefore = model.state('state').failure !== null;
      const begun = model.moment();
      const reading = await ray.readState();
      model.accept('state', reading, begun);
      // Others stand in for it from now on.
      if (!reading.ok && !failedBefore) {
        readers.get('summary')?.reschedule();
        refreshLivenessAfterList();
      }
      return costOf(reading);
    },
    liveness: readReplaceable('liveness', () => ray.readLiveness()),
    actors: readReplaceable('actors', () => ray.readActors()),
    jobs: readReplaceable('jobs', () => ray.readJobs()),
    async identity() {
      const epoch = model.epoch();
      const begun = model.moment();
      const reading = await ray.readIdentity();
      model.acceptIdentity(reading, begun);
      if (model.epoch() !== epoch) {
        for (const [name, reader] of readers) if (name !== 'identity') void reader.refresh();
      }
      return costOf(reading);
    },
  };

  /** Ray comes back after nobody could reach it, or has nothing any more: it may have been restarted (fact 27). */
  function mayBeAnotherRay(clusters: number): boolean {
    const why = model.state('list').failure?.reason;
    return why === 'unreachable' || why === 'timed-out' || (clusters === 0 && model.listedClusters().length > 0);
  }

  /** While the state API is down the free pool needs the nodes as they are after the list arrived. */
  function refreshLivenessAfterList() {
    if (isWatched() && model.state('state').failure !== null) readers.get('liveness')?.refreshSoon();
  }

  const readers = new Map<SourceName, PolledSource>();
  const firstEnded = { list: createSignal(), state: createSignal() };
  /** The large ones begin one after the other: Ray writes them one by one anyway, and the list would wait for all. */
  const after: Partial<Record<SourceName, Promise<unknown>>> = {
    state: firstEnded.list.ended,
    summary: firstEnded.state.ended,
  };
  for (const name of sourceNames) {
    const read = reads[name];
    readers.set(
      name,
      createPolledSource({
        clock,
        interval: () => interval(name),
        ...(after[name] === undefined ? {} : { after: after[name] }),
        read: async (urgent) => {
          try {
            const way = writePriority.yielderFor(name);
            if (way.shouldYield()) await way.waitForTurn();
            return await read(urgent);
          } finally {
            if (name === 'list' || name === 'state') firstEnded[name].end();
          }
        },
      }),
    );
  }

  function refresh(name: SourceName): Promise<boolean> {
    const ended = writePriority.beginAwaitedRead(name);
    return (readers.get(name)?.refresh() ?? Promise.resolve(false)).finally(ended);
  }

  function wakeIfUnwatched(wasWatched: boolean) {
    if (!wasWatched) for (const reader of readers.values()) reader.reschedule();
  }

  const afterWrite = createDebounce(
    clock,
    () => {
      for (const name of ['list', 'state', 'liveness', 'actors', 'jobs'] as const) readers.get(name)?.refreshSoon();
    },
    AFTER_WRITE_DELAY,
  );
  const all = createDebounce(clock, () => {
    for (const name of sourceNames) void refresh(name);
  });

  return {
    addWatcher() {
      const was = isWatched();
      watchers += 1;
      wakeIfUnwatched(was);
      let held = true;
      return () => {
        if (held) watchers -= 1;
        held = false;
      };
    },
    noteInterest() {
      const was = isWatched();
      interestAt = clock.now();
      wakeIfUnwatched(was);
    },
    isWatched,
    refresh,
    refreshAfterWrite: afterWrite.trigger,
    refreshAll: all.trigger,
    firstList: firstEnded.list.ended,
    close() {
      afterWrite.cancel();
      all.cancel();
      for (const reader of readers.values()) reader.close();
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

/** Something that ends once. */
function createSignal(): { readonly ended: Promise<void>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}
