import { expect, test } from 'vitest';
import { createHandClock, type HandClock } from '../../testing/harness/hand-clock.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import { known, perSource } from '../../domain/sourced.ts';
import {
  REQUEST_TIMEOUT_MS,
  createLiveUpdates,
  POLL_INTERVAL_MS,
  STREAM_SILENCE_LIMIT_MS,
  type LiveUpdates,
  type OpenStream,
} from './live-updates.ts';
import type { TabChannel } from './tab-relay.ts';

/** An update of which only the version matters here. */
function updateTo(n: number): FleetUpdate {
  const health = { readAt: 1, failure: null };
  return {
    version: `e-${String(n)}`,
    whole: false,
    now: n,
    clusters: [],
    removed: [],
    pool: null,
    nodeCounts: { total: known(0, 'liveness'), dead: known(0, 'liveness') },
    sources: perSource(() => health),
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
  };
}

/** What the tabs of one browser share: the lock, the channel between them, and the console that answers them. */
function browser(clock: HandClock, options: { readonly locks: boolean }) {
  const waiting: (() => void)[] = [];
  let isHeld = false;
  const listeners = new Map<object, Parameters<TabChannel['listen']>[0]>();
  const streams: { readonly since: string | null; readonly on: Parameters<OpenStream>[1] }[] = [];
  const console = { version: 1, answers: true, refuses: false, hangs: false, asked: 0 };

  const pass = () => {
    isHeld = false;
    waiting.shift()?.();
  };

  /** As navigator.locks: one holder, the others in turn; an aborted wait rejects. */
  function lock(held: () => Promise<void>, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = () => {
        isHeld = true;
        // The browser calls back a turn after it has granted the lock; by then nothing can be taken back.
        clock.after(0, () => {
          void held().then(() => {
            resolve();
            pass();
          });
        });
      };
      if (isHeld) waiting.push(take);
      else take();
      signal.addEventListener('abort', () => {
        const at = waiting.indexOf(take);
        if (at >= 0) waiting.splice(at, 1);
        reject(new Error('aborted'));
      });
    });
  }

  function tab(isVisible = true) {
    const self = { visible: isVisible, version: 0, asked: 0, applied: 0, states: [] as string[] };
    const watchers = new Set<() => void>();
    const live: LiveUpdates = createLiveUpdates({
      clock,
      openStream(since, on) {
        const stream = { since, on };
        streams.push(stream);
        return () => streams.splice(streams.indexOf(stream), 1);
      },
      lock: options.locks ? lock : null,
      channel: {
        post(message) {
          for (const [owner, receive] of listeners) if (owner !== self) receive(message);
        },
        listen(callBack) {
          listeners.set(self, callBack);
          return () => listeners.delete(self);
        },
      },
      visibility: {
        isVisible: () => self.visible,
        subscribe(callBack) {
          watchers.add(callBack);
          return () => watchers.delete(callBack);
        },
      },
      currentVersion: () => (self.version === 0 ? null : `e-${String(self.version)}`),
      applyUpdate(update, since) {
        self.applied += 1;
        if (since !== null && Number(since.slice(2)) > self.version) return false;
        self.version = Math.max(self.version, Number(update.version.slice(2)));
        return true;
      },
      async fetchUpdates(giveUp) {
        self.asked += 1;
        console.asked += 1;
        const { version } = console;
        if (console.hangs) await new Promise((resolve) => giveUp.addEventListener('abort', resolve));
        await Promise.resolve();
        if (!console.answers || giveUp.aborted) return 'failed';
        if (console.refuses) return 'refused';
        self.version = Math.max(self.version, version);
        return 'answered';
      },
    });
    live.subscribe(() => self.states.push(live.connection().state));
    return {
      self,
      live,
      show(visible: boolean) {
        self.visible = visible;
        for (const callBack of watchers) callBack();
      },
    };
  }

  return {
    console,
    streams,
    tab,
    /** The console's next version, over the one open stream. */
    publish() {
      const since = `e-${String(console.version)}`;
      console.version += 1;
      for (const { on } of streams) on.update(updateTo(console.version), since);
    },
  };
}

test('one visible tab holds the stream, from what the first answer brought, and the others hear of it', async () => {
  const clock = createHandClock();
  const { tab, streams, publish } = browser(clock, { locks: true });
  const [first, second] = [tab(), tab()];
  first.live.start();
  second.live.start();
  await clock.advance(0);
  expect(streams.map(({ since }) => since)).toEqual(['e-1']);
  publish();
  expect([first.self.version, second.self.version]).toEqual([2, 2]);
  expect([first.live.connection().state, second.live.connection().state]).toEqual(['live', 'live']);
  // While the stream speaks at least every 10 s nobody asks.
  for (let beat = 0; beat < 6; beat++) {
    await clock.advance(10_000);
    publish();
  }
  expect([first.self.asked, second.self.asked]).toEqual([1, 1]);
});

test('a hidden tab costs nothing, and the stream passes to one that can be seen', async () => {
  const clock = createHandClock();
  const { tab, streams, publish, console } = browser(clock, { locks: true });
  const [first, second] = [tab(), tab()];
  first.live.start();
  second.live.start();
  await clock.advance(0);
  first.show(false);
  await clock.advance(0);
  expect(streams).toHaveLength(1);
  publish();
  expect([first.self.applied, second.self.applied]).toEqual([0, 1]);
  second.show(false);
  await clock.advance(0);
  expect(streams).toEqual([]);
  const asked = console.asked;
  await clock.advance(600_000);
  expect(console.asked).toBe(asked);
  expect(clock.waiting()).toBe(0);
});

test('a tab that is seen again asks at once, and does not call live what it has not heard', async () => {
  const clock = createHandClock();
  const { tab, console } = browser(clock, { locks: true });
  const { self, live, show } = tab();
  live.start();
  await clock.advance(0);
  show(false);
  console.version = 9;
  await clock.advance(60_000);
  show(true);
  expect(live.connection().state).toBe('connecting');
  await clock.advance(0);
  expect([self.version, live.connection().state]).toEqual([9, 'live']);
});

test('a tab hidden just as it gets the lock gives it back', async () => {
  const clock = createHandClock();
  const { tab, streams } = browser(clock, { locks: true });
  const [first, second] = [tab(), tab()];
  first.live.start();
  await clock.settle();
  first.show(false);
  second.live.start();
  await clock.advance(0);
  expect(streams).toHaveLength(1);
  second.show(false);
  await clock.advance(0);
  expect(streams).toEqual([]);
});

test('a tab that hears nothing asks for itself', async () => {
  const clock = createHandClock();
  const { tab, console } = browser(clock, { locks: true });
  const [first, second] = [tab(), tab()];
  first.live.start();
  second.live.start();
  await clock.advance(0);
  console.version = 7;
  await clock.advance(STREAM_SILENCE_LIMIT_MS + POLL_INTERVAL_MS);
  expect([first.self.version, second.self.version]).toEqual([7, 7]);
});

test('without locks a page asks at every turn', async () => {
  const clock = createHandClock();
  const { tab, streams } = browser(clock, { locks: false });
  const { self, live } = tab();
  live.start();
  await clock.advance(10 * POLL_INTERVAL_MS);
  expect(self.asked).toBe(11);
  expect(streams).toEqual([]);
});

test('a gap asks; one that shows while an older answer is on its way asks once more', async () => {
  const clock = createHandClock();
  const { tab, streams, console } = browser(clock, { locks: true });
  const { self, live } = tab();
  live.start();
  await clock.advance(0);
  console.version = 3;
  const tellFrom = (since: number) => streams[0]?.on.update(updateTo(since + 1), `e-${String(since)}`);
  tellFrom(3);
  console.version = 6;
  tellFrom(5);
  await clock.advance(0);
  expect(self.version).toBe(6);
  expect(self.asked).toBe(3);
});

test('a console that asks for a sign-in is not lost, and is asked again until somebody is in', async () => {
  const clock = createHandClock();
  const { tab, console } = browser(clock, { locks: true });
  console.refuses = true;
  const { self, live } = tab();
  live.start();
  await clock.advance(2 * POLL_INTERVAL_MS);
  expect(self.asked).toBe(3);
  expect(live.connection().state).toBe('connecting');
  console.refuses = false;
  await clock.advance(POLL_INTERVAL_MS);
  expect(self.states).toEqual(['live']);
});

test('a stream that breaks is not yet a lost console; a question without an answer is, from the first one on', async () => {
  const clock = createHandClock();
  const { tab, streams, console } = browser(clock, { locks: true });
  const { self, live } = tab();
  live.start();
  await clock.advance(0);
  streams[0]?.on.failed();
  await clock.advance(0);
  expect(live.connection()).toEqual({ state: 'live' });
  console.answers = false;
  const since = clock.now();
  streams[0]?.on.failed();
  await clock.advance(60_000);
  expect(live.connection()).toEqual({ state: 'lost', since });
  console.answers = true;
  await clock.advance(POLL_INTERVAL_MS);
  expect(live.connection()).toEqual({ state: 'live' });
  expect(self.states).toEqual(['live', 'lost', 'live']);
});

test('an answer that never comes is given up', async () => {
  const clock = createHandClock();
  const { tab, console } = browser(clock, { locks: true });
  const { live } = tab();
  console.hangs = true;
  live.start();
  await clock.advance(REQUEST_TIMEOUT_MS);
  expect(live.connection().state).toBe('lost');
  console.hangs = false;
  await clock.advance(POLL_INTERVAL_MS);
  expect(live.connection().state).toBe('live');
});

test('a page that is closed leaves nothing behind', async () => {
  const clock = createHandClock();
  const { tab, streams } = browser(clock, { locks: true });
  const { live } = tab();
  const stop = live.start();
  await clock.advance(0);
  stop();
  await clock.advance(0);
  expect(streams).toEqual([]);
  expect(clock.waiting()).toBe(0);
});

test('after a write nothing is fetched while the stream is live, in whichever tab it is', async () => {
  const clock = createHandClock();
  const { tab, publish } = browser(clock, { locks: true });
  const [first, second] = [tab(), tab()];
  first.live.start();
  second.live.start();
  await clock.advance(0);
  publish();
  const before = [first.self.asked, second.self.asked];
  await Promise.all([first.live.refresh(), second.live.refresh()]);
  expect([first.self.asked, second.self.asked]).toEqual(before);
});

test('without a live stream a write fetches, and writes at the same time share the request', async () => {
  const clock = createHandClock();
  const { console, tab } = browser(clock, { locks: false });
  const page = tab();
  page.live.start();
  await clock.advance(0);
  const before = page.self.asked;
  console.version = 7;
  await page.live.refresh();
  expect([page.self.asked - before, page.self.version]).toEqual([1, 7]);
  // The second of these came during the first one's request, which may be older, so one more follows for it.
  await Promise.all([page.live.refresh(), page.live.refresh(), page.live.refresh()]);
  expect(page.self.asked - before).toBe(3);
});

test('after the stream has broken a write fetches', async () => {
  const clock = createHandClock();
  const { streams, tab, publish } = browser(clock, { locks: true });
  const page = tab();
  page.live.start();
  await clock.advance(0);
  publish();
  for (const { on } of streams) on.failed();
  await clock.settle();
  const before = page.self.asked;
  await page.live.refresh();
  expect(page.self.asked - before).toBe(1);
});
