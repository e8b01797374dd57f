import type { Clock } from '../clock.ts';
import { sourceNames, type SourceName } from '../domain/fact.ts';
import type { Ray, RayRead } from '../ray/client.ts';
import type { Moment } from './held-list.ts';
import type { PlainSource, ReadModel, SourceValues } from './read-model.ts';
import { createSourceReader, type ReadCost, type SourceReader } from './source-reader.ts';

/** Reads Ray for all browsers at once, into the read model. */
export interface Watch {
  /** Somebody watches until the returned function is called. */
  hold(): () => void;
  /** Somebody asked: counts as watching for a while. */
  touched(): void;
  isWatched(): boolean;
  /** Reads a source now, past Ray's cache; resolves when a read that began from now on has ended: whether it was good. */
  refresh(name: SourceName): Promise<boolean>;
  /** After a write or a surprise: everything that it can have moved. */
  refreshAfterWrite(): void;
  refreshAll(): void;
  /** Resolves when the list's first read has ended. */
  readonly firstList: Promise<unknown>;
  close(): void;
}

/** Times between two reads while somebody watches, ms. */
const WATCHED: Record<SourceName, number> = {
  list: 3_000,
  liveness: 3_000,
  state: 3_000,
  summary: 6_000,
  actors: 5_000,
  jobs: 5_000,
  identity: 15_000,
};

/** While nobody does: enough that the first look shows something. */
const UNWATCHED = 30_000;

/** The summary weighs 7 kB a node, and tells only what the state API tells too while that works (fact 19). */
const SPARE_SUMMARY = 30_000;

/** How long an asking counts as watching, ms. */
const TOUCH_LASTS = 20_000;

/** Above this weight, polls leave Ray's cache alone: it keeps 128 replies, whole (fact 4). */
export const FRESH_UNDER_BYTES = 500_000;

/** How long Ray answers from its cache, ms (facts 4, 19). */
const CACHED = { list: 10_000, summary: 2_000 };

export function createWatch({ ray, model, clock }: { readonly ray: Ray; readonly model: ReadModel; readonly clock: Clock }): Watch {
  let holders = 0;
  let touchedAt = Number.NEGATIVE_INFINITY;
  const weight = { list: 0, summary: 0 };

  const isWatched = () => holders > 0 || clock.now() < touchedAt + TOUCH_LASTS;

  function interval(name: SourceName): number {
    if (!isWatched()) return UNWATCHED;
    if (name === 'summary' && model.state('state').failure === null && model.state('state').last !== null) return SPARE_SUMMARY;
    return WATCHED[name];
  }

  /** A read that may come from Ray's cache counts as begun as much earlier as that may be old (fact 4). */
  function countsAs(begun: Moment, name: 'list' | 'summary', fresh: boolean): Moment {
    return fresh ? begun : { ...begun, at: begun.at - CACHED[name] - interval(name) };
  }

  const readPlain =
    <K extends PlainSource>(name: K, read: () => Promise<RayRead<SourceValues[K]>>) =>
    async (): Promise<ReadCost> => {
      const begun = model.moment();
      const reading = await read();
      model.accept(name, reading, begun);
      return costOf(reading);
    };

  const reads: Record<SourceName, (urgent: boolean) => Promise<ReadCost>> = {
    async list(urgent) {
      const fresh = urgent || weight.list < FRESH_UNDER_BYTES;
      const begun = model.moment();
      const reading = await ray.readList({ fresh });
      if (reading.ok) weight.list = reading.bytes;
      model.acceptList(reading, countsAs(begun, 'list', fresh));
      return costOf(reading);
    },
    async summary(urgent) {
      const fresh = urgent || weight.summary < FRESH_UNDER_BYTES;
      const begun = model.moment();
      const reading = await ray.readSummary({ fresh });
      if (reading.ok) weight.summary = reading.bytes;
      model.accept('summary', reading, countsAs(begun, 'summary', fresh));
      return costOf(reading);
    },
    async state() {
      const failedBefore = model.state('state').failure !== null;
      const begun = model.moment();
      const reading = await ray.readState();
      model.accept('state', reading, begun);
      // The summary stands in for it from now on.
      if (!reading.ok && !failedBefore) readers.get('summary')?.rearm();
      return costOf(reading);
    },
    liveness: readPlain('liveness', () => ray.readLiveness()),
    actors: readPlain('actors', () => ray.readActors()),
    jobs: readPlain('jobs', () => ray.readJobs()),
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

  const readers = new Map<SourceName, SourceReader>();
  let firstListEnded: () => void = () => undefined;
  const firstList = new Promise<void>((resolve) => {
    firstListEnded = resolve;
  });
  for (const name of sourceNames) {
    const read = reads[name];
    readers.set(
      name,
      createSourceReader({
        clock,
        interval: () => interval(name),
        read: async (urgent) => {
          const cost = await read(urgent);
          if (name === 'list') firstListEnded();
          return cost;
        },
      }),
    );
  }

  function refresh(name: SourceName): Promise<boolean> {
    return readers.get(name)?.refresh() ?? Promise.resolve(false);
  }

  function woken(wasWatched: boolean) {
    if (!wasWatched) for (const reader of readers.values()) reader.rearm();
  }

  return {
    hold() {
      const was = isWatched();
      holders += 1;
      woken(was);
      let held = true;
      return () => {
        if (held) holders -= 1;
        held = false;
      };
    },
    touched() {
      const was = isWatched();
      touchedAt = clock.now();
      woken(was);
    },
    isWatched,
    refresh,
    refreshAfterWrite() {
      for (const name of ['list', 'state', 'liveness', 'actors', 'jobs'] as const) void refresh(name);
    },
    refreshAll() {
      for (const name of sourceNames) void refresh(name);
    },
    firstList,
    close() {
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
