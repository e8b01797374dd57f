// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { pageVisibility } from './browser-live-updates.ts';
import { createLiveUpdates } from './live-updates.ts';

function persisted(name: 'pagehide' | 'pageshow') {
  window.dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
}

test('a page that is left lets go of its stream; one that comes back as it was asks for what it missed, and streams on from there', async () => {
  const clock = createHandClock(1_000);
  const page = { version: 'e-1', asked: 0, streams: [] as (string | null)[], open: 0 };
  const live = createLiveUpdates({
    clock,
    openStream(since) {
      page.streams.push(since);
      page.open += 1;
      return () => (page.open -= 1);
    },
    lock: (held) => held(),
    channel: null,
    visibility: pageVisibility(window),
    currentVersion: () => page.version,
    applyUpdate: () => true,
    fetchUpdates() {
      page.asked += 1;
      return Promise.resolve('answered' as const);
    },
  });
  const stop = live.start();
  await clock.settle();
  expect(page).toEqual({ version: 'e-1', asked: 1, streams: ['e-1'], open: 1 });

  persisted('pagehide');
  await clock.settle();
  expect(page.open).toBe(0);
  expect(clock.waiting()).toBe(0);

  page.version = 'e-7';
  persisted('pageshow');
  expect(live.connection()).toEqual({ state: 'connecting' });
  await clock.settle();
  expect(page).toEqual({ version: 'e-7', asked: 2, streams: ['e-1', 'e-7'], open: 1 });
  stop();
});
