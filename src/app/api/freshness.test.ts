import { describe, expect, test } from 'vitest';
import { unknown, unknownReasons, type UnknownReason } from '../../domain/sourced.ts';
import type { PageFleet } from './page-fleet.ts';
import { freshnessOf, msUntilNextFreshness } from './freshness.ts';
import { createFreshnessSmoother } from './freshness-smoother.ts';

const NOW = 1_800_000_000_000;

function fleetWith(list: PageFleet['sources']['list']): PageFleet {
  const other = { readAt: NOW, failure: null };
  return {
    version: 'e-1',
    clusters: new Map(),
    pool: { templates: [], jobClusters: unknown('not-read-yet', 'state') },
    nodeCounts: { total: unknown('not-read-yet', 'liveness'), dead: unknown('not-read-yet', 'liveness') },
    sources: { list, liveness: other, state: other, summary: other, actors: other, jobs: other, identity: other },
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
    now: NOW,
    receivedAt: NOW,
  };
}

const live = { state: 'live' } as const;

test('it is looked at again just when something else has to be said', () => {
  const says = (readAt: number, now: number) => freshnessOf(fleetWith({ readAt, failure: null }), live, now);
  const cached = (readAt: number, now: number) =>
    freshnessOf(fleetWith({ readAt, failure: null, fromCache: true }), live, now);
  for (const say of [says, cached]) {
    for (const age of [1_000, 14_000, 15_001, 18_000, 42_000]) {
      const keep = createFreshnessSmoother();
      const first = keep(say(NOW - age, NOW), NOW);
      const wait = msUntilNextFreshness(first, NOW, NOW - age);
      expect(keep(say(NOW - age, NOW + wait - 2), NOW + wait - 2), `${String(age)} ms`).toBe(first);
      expect(keep(say(NOW - age, NOW + wait), NOW + wait)).not.toBe(first);
    }
  }
  expect(msUntilNextFreshness({ kind: 'live' }, NOW, NOW - 15_000)).toBe(500);
  expect(msUntilNextFreshness({ kind: 'connecting' }, NOW, null)).toBeLessThanOrEqual(5_001);
});

test('what is said again is the same object, and an age moves it in steps, rounded up', () => {
  const keep = createFreshnessSmoother();
  const first = keep({ kind: 'slow', age: 20_001 }, NOW);
  expect(first).toEqual({ kind: 'slow', age: 25_000 });
  expect(keep({ kind: 'slow', age: 24_999 }, NOW)).toBe(first);
  expect(keep({ kind: 'slow', age: 25_001 }, NOW)).toEqual({ kind: 'slow', age: 30_000 });
  expect(keep({ kind: 'slow', age: 15_001 }, NOW)).toEqual({ kind: 'slow', age: 20_000 });
  const lost = keep({ kind: 'console-unreachable', since: NOW, shownFrom: 1 }, NOW);
  expect(keep({ kind: 'console-unreachable', since: NOW, shownFrom: 1 }, NOW)).toBe(lost);
  expect(keep({ kind: 'console-unreachable', since: NOW, shownFrom: 2 }, NOW)).not.toBe(lost);
  expect(keep({ kind: 'ray-fails', since: NOW, shownFrom: 2 }, NOW).kind).toBe('ray-fails');
});

test('the age of a cached list rises at once, and falls only when it has stayed lower', () => {
  const keep = createFreshnessSmoother();
  const at = (second: number, age: number) => keep({ kind: 'cached', age: age * 1_000 }, NOW + second * 1_000);
  const first = at(0, 21);
  expect(first).toEqual({ kind: 'cached', age: 30_000 });
  // Told each 10 s, it falls to 14 and rises to 27: the same is said all along.
  for (const [second, age] of [
    [1, 14],
    [8, 21],
    [10, 27],
    [11, 14],
    [17, 20],
    [20, 23],
    [21, 14],
  ] as const)
    expect(at(second, age)).toBe(first);
  expect(at(22, 31)).toEqual({ kind: 'cached', age: 40_000 });
  expect(at(23, 14)).toEqual({ kind: 'cached', age: 40_000 });
  expect(at(34, 25)).toEqual({ kind: 'cached', age: 30_000 });
  // Read past the cache it is live at once; and a clock set back holds nothing.
  expect(keep({ kind: 'live' }, NOW + 35_000)).toEqual({ kind: 'live' });
  expect(at(36, 21)).toEqual({ kind: 'cached', age: 30_000 });
  expect(at(-3_600, 14)).toEqual({ kind: 'cached', age: 20_000 });
});

describe('how fresh the screen is', () => {
  test('a list read a moment ago is live', () => {
    expect(freshnessOf(fleetWith({ readAt: NOW - 4_000, failure: null }), live, NOW)).toEqual({ kind: 'live' });
  });

  test('an older one says how old it is at most', () => {
    expect(freshnessOf(fleetWith({ readAt: NOW - 21_000, failure: null }), live, NOW)).toEqual({
      kind: 'slow',
      age: 21_000,
    });
  });

  test('one that Ray gives from its cache is never live, and not slow before it is older than that explains', () => {
    const at = (age: number) =>
      freshnessOf(fleetWith({ readAt: NOW - age, failure: null, fromCache: true }), live, NOW);
    expect(at(13_000)).toEqual({ kind: 'cached', age: 13_000 });
    expect(at(50_000)).toEqual({ kind: 'cached', age: 50_000 });
    expect(at(50_001)).toEqual({ kind: 'slow', age: 50_001 });
  });

  test('a reading from the future of a clock that was set back is no age below zero', () => {
    expect(freshnessOf(fleetWith({ readAt: NOW + 60_000, failure: null }), live, NOW)).toEqual({ kind: 'live' });
  });

  test('a lost console is said before anything that it said of Ray', () => {
    const fleet = fleetWith({ readAt: NOW, failure: { reason: 'unreachable', since: NOW - 60_000 } });
    expect(freshnessOf(fleet, { state: 'lost', since: NOW - 5_000 }, NOW)).toEqual({
      kind: 'console-unreachable',
      since: NOW - 5_000,
      shownFrom: NOW,
    });
    expect(freshnessOf(null, { state: 'lost', since: NOW }, NOW)).toEqual({
      kind: 'console-unreachable',
      since: NOW,
      shownFrom: null,
    });
  });

  test('before the first answer, before the first reading and after a hidden while, it connects', () => {
    expect(freshnessOf(null, { state: 'connecting' }, NOW)).toEqual({ kind: 'connecting' });
    expect(freshnessOf(fleetWith({ readAt: null, failure: null }), live, NOW)).toEqual({ kind: 'connecting' });
    const old = fleetWith({ readAt: NOW - 600_000, failure: null });
    expect(freshnessOf(old, { state: 'connecting' }, NOW)).toEqual({ kind: 'connecting' });
  });

  test.each(unknownReasons)(
    'a failing list (%s) is never live, however lately it was read, and says since when',
    (reason) => {
      const kinds: Record<UnknownReason, string> = {
        unreachable: 'ray-unreachable',
        'timed-out': 'ray-unreachable',
        failed: 'ray-fails',
        'node-full': 'ray-fails',
        'not-read-yet': 'ray-unreadable',
        'too-large': 'ray-unreadable',
        truncated: 'ray-unreadable',
        unreadable: 'ray-unreadable',
        'not-offered': 'ray-unreadable',
      };
      const fleet = fleetWith({ readAt: NOW, failure: { reason, since: NOW - 9_000 } });
      expect(freshnessOf(fleet, live, NOW)).toEqual({ kind: kinds[reason], since: NOW - 9_000, shownFrom: NOW });
    },
  );
});
