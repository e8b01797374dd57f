import { constants, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { fleetUpdate, type FleetUpdate } from '../../contract/fleet.ts';
import { deflateIndependent } from '../../server/http/compression.ts';
import { createEventStream, type EventStream } from './event-stream.ts';
import { createFleetStore } from '../fleet/fleet-store.ts';
import { createShownFleet } from '../fleet/shown-fleet.ts';
import { createWritePriority } from '../polling/write-priority.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay } from '../../testing/harness/scripted-ray.ts';
import { revision } from '../../testing/harness/small-fleet.ts';
import { createPoller } from '../polling/poller.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const end of open.splice(0)) end();
});

/** Streams over a scripted Ray; `written` counts the updates that were made. */
async function setUp() {
  const clock = createHandClock();
  const ray = createScriptedRay(clock);
  ray.put('vc', { '4c8g': 2 });
  const store = createFleetStore({ clock, ids: () => 'e', startedReadOnly: false });
  const inner = createShownFleet({ store, clock, pending: () => [], notice: () => null });
  const counted = { written: 0, deflated: 0 };
  const shown = {
    ...inner,
    updateSince(version: string | null) {
      counted.written += 1;
      return inner.updateSince(version);
    },
  };
  const poller = createPoller({ ray, store, clock, writePriority: createWritePriority(clock) });
  const deflate = (bytes: Uint8Array) => {
    counted.deflated += 1;
    return deflateIndependent(bytes);
  };
  const events = createEventStream({ shown, poller, clock, deflate });
  open.push(() => {
    events.close();
    poller.close();
    store.nodeFeed().close();
  });
  await clock.settle();
  return { clock, ray, store, shown, events, counted };
}

const named = (who: string) => ({ name: who, authMethod: 'link', isStillValid: () => true }) as const;

/** Reads a stream as it comes. */
function reader(events: EventStream, since: string | null, takesGzip: boolean) {
  const response = events.open(since, named('anna'), takesGzip);
  if (typeof response === 'string' || response.body === null) throw new Error('no stream');
  const chunks: Uint8Array[] = [];
  const body = response.body.getReader();
  const read = async () => {
    for (;;) {
      const { done, value } = await body.read();
      if (done) return;
      chunks.push(value);
    }
  };
  return {
    response,
    chunks,
    start: () => void read(),
    /** What came so far. */
    updates(): FleetUpdate[] {
      const bytes = Buffer.concat(chunks);
      const text = (takesGzip ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes).toString();
      return [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => fleetUpdate.parse(JSON.parse(json ?? '')));
    },
  };
}

describe('many watchers', () => {
  test('are sent the same bytes, written once a version and packed once, and each has all of it', async () => {
    const { clock, ray, shown, events, counted } = await setUp();
    const watchers = Array.from({ length: 60 }, (_, index) => reader(events, null, index % 2 === 0));
    for (const each of watchers) each.start();
    await clock.settle();
    expect(counted).toEqual({ written: 1, deflated: 2 });
    ray.put('vc', { '4c8g': 3 });
    await clock.advance(3_300);
    await clock.settle();
    expect(counted.written).toBeLessThanOrEqual(4);
    for (const each of watchers) {
      expect(each.updates().at(-1)?.version).toBe(shown.version());
      const last = watchers.findLast(
        (other) => other.response.headers.get('Content-Encoding') === each.response.headers.get('Content-Encoding'),
      );
      expect(each.chunks.at(-1)).toBe(last?.chunks.at(-1));
    }
    expect(
      watchers[1]?.updates().map(({ clusters, whole }) => [whole, clusters[0]?.templates[0]?.count]),
    ).toContainEqual([false, 3]);
    expect(watchers[0]?.updates()).toEqual(watchers[1]?.updates());
    const calls = ray.reads.length;
    for (let more = 0; more < 20; more += 1) reader(events, shown.version(), false).start();
    await clock.settle();
    expect(ray.reads.length).toBe(calls);
  });

  test('are told what several readings say of the fleet in one event, and what somebody did at once', async () => {
    const { clock, store, events } = await setUp();
    const watcher = reader(events, null, false);
    watcher.start();
    await clock.advance(500);
    const count = () => watcher.updates().length;
    const before = count();
    const failsNow = () =>
      ({ ok: false, reason: 'failed', detail: '', begunAt: clock.now(), arrivedAt: clock.now() }) as const;
    store.accept('actors', failsNow(), store.moment());
    await clock.advance(100);
    store.accept('jobs', failsNow(), store.moment());
    await clock.settle();
    expect(count()).toBe(before);
    const cluster = { id: 'new', divisible: false, revision: revision('7'), members: new Map() };
    store.applyWrite('new', cluster, store.moment());
    await clock.advance(1);
    expect(
      watcher
        .updates()
        .at(-1)
        ?.clusters.map(({ id }) => id),
    ).toContain('new');
    await clock.advance(300);
    expect(count()).toBe(before + 1);
    store.accept('summary', failsNow(), store.moment());
    await clock.advance(100);
    store.accept('state', failsNow(), store.moment());
    await clock.advance(200);
    expect(count()).toBe(before + 2);
  });

  test('one that never reads costs one number: nothing is kept for it, and it gets all at once when it does', async () => {
    const { clock, ray, shown, events, counted } = await setUp();
    const slow = reader(events, null, false);
    await clock.settle();
    for (let turn = 0; turn < 30; turn += 1) {
      ray.put(`vc-${String(turn)}`, { '4c8g': 1 });
      await clock.advance(3_000);
    }
    expect(counted.written).toBeLessThanOrEqual(2);
    slow.start();
    await clock.settle();
    const updates = slow.updates();
    expect(updates.length).toBeLessThanOrEqual(3);
    expect(updates.at(-1)?.version).toBe(shown.version());
    expect(new Set(updates.flatMap(({ clusters }) => clusters.map(({ id }) => id))).size).toBe(31);
  });

  test('a minute without any change weighs less than 4 kB packed, and tells every age truly', async () => {
    const { clock, shown, events } = await setUp();
    const watcher = reader(events, shown.version(), true);
    watcher.start();
    await clock.advance(20_000);
    const [bytes, count] = [Buffer.concat(watcher.chunks).length, watcher.updates().length];
    const version = shown.version();
    await clock.advance(60_000);
    expect(shown.version()).toBe(version);
    expect(watcher.updates().length - count).toBe(6);
    expect(Buffer.concat(watcher.chunks).length - bytes).toBeLessThan(4_000);
    const last = watcher.updates().at(-1);
    expect((last?.now ?? 0) - (last?.sources.list?.readAt ?? 0)).toBeLessThanOrEqual(3_000);
  });
});

describe('whoever asks from ever other versions', () => {
  /** The texts that streams from these versions get, each counted once however many share it. */
  async function textsFrom(events: EventStream, settle: () => Promise<void>, versions: readonly string[]) {
    const readers = versions.map((version) => reader(events, version, false));
    for (const each of readers) each.start();
    await settle();
    for (const each of readers) expect(each.updates()).toHaveLength(1);
    return new Set(readers.map((each) => each.chunks.at(-1)));
  }

  test('has one text written for all that were made up', async () => {
    const { clock, events } = await setUp();
    const madeUp = Array.from({ length: 60 }, (_, n) => `made-up-${String(n)}`);
    expect((await textsFrom(events, clock.settle, madeUp)).size).toBe(1);
  });

  test('has a bounded number of texts written for those that were', async () => {
    const { clock, ray, shown, events } = await setUp();
    reader(events, null, false).start();
    for (let turn = 0; turn < 80; turn += 1) {
      ray.put(`vc-${String(turn)}`, { '4c8g': 1 });
      await clock.advance(3_000);
    }
    const last = Number(shown.version().split('-').at(-1));
    expect(last).toBeGreaterThan(60);
    const versions = Array.from({ length: last - 1 }, (_, n) => `e-${String(n + 1)}`);
    expect((await textsFrom(events, clock.settle, versions)).size).toBeLessThanOrEqual(33);
  });
});

describe('whoever opens ever more streams', () => {
  const openMany = (events: EventStream, who: string, count: number) =>
    Array.from({ length: count }, () => events.open(null, named(who), false));
  const countOpen = (streams: readonly ReturnType<EventStream['open']>[]) =>
    streams.filter((each) => each instanceof Response).length;
  /** Whether a stream has ended, which takes its first events from it. */
  async function hasEnded(stream: ReturnType<EventStream['open']> | undefined, settle: () => Promise<void>) {
    if (!(stream instanceof Response)) throw new Error('no stream');
    const body = stream.body?.getReader();
    let ended = false;
    const read = async () => {
      while (!ended) ended = (await body?.read())?.done !== false;
    };
    void read();
    await settle();
    return ended;
  }

  test('takes none from others', async () => {
    const { events } = await setUp();
    const theirs = openMany(events, 'eve', 301);
    expect([countOpen(theirs), theirs.at(-1)]).toEqual([300, 'share-used']);
    expect(events.open(null, named('anna'), false)).toBeInstanceOf(Response);
    if (theirs[0] instanceof Response) await theirs[0].body?.cancel();
    expect([events.open(null, named('eve'), false), events.open(null, named('eve'), false)]).toEqual([
      expect.any(Response),
      'share-used',
    ]);
  });

  test('gives up the oldest of theirs to somebody who has fewer when all are taken', async () => {
    const { events, clock } = await setUp();
    const eve = openMany(events, 'eve', 300);
    const mallory = openMany(events, 'mallory', 200);
    expect(countOpen([...eve, ...mallory])).toBe(500);
    const anna = openMany(events, 'anna', 10);
    expect(countOpen(anna)).toBe(10);
    for (const stream of eve.slice(0, 10)) expect(await hasEnded(stream, clock.settle)).toBe(true);
    for (const stream of [eve[10], mallory[0], anna[0]]) expect(await hasEnded(stream, clock.settle)).toBe(false);
    expect(openMany(events, 'eve', 1)).toEqual(['share-used']);
  });

  test('gets as many as others at last, and nobody loses their only one', async () => {
    const { events } = await setUp();
    const names = Array.from({ length: 500 }, (_, who) => `person-${String(who)}`);
    openMany(events, 'eve', 300);
    openMany(events, 'mallory', 200);
    expect(names.flatMap((who) => openMany(events, who, 1)).filter((each) => each instanceof Response)).toHaveLength(
      498,
    );
    expect(openMany(events, 'late', 1)).toEqual(['full']);
  });
});
