import { describe, expect, test } from 'vitest';
import { perSource, unknown, unknownReasons, type UnknownReason } from '../../domain/sourced.ts';
import type { PageFleet } from './page-fleet.ts';
import { freshnessOf, msUntilNextFreshness } from './freshness.ts';
import { createFreshnessSmoother } from './freshness-smoother.ts';

const NOW = 1_800_000_000_000;

function fleetWith(list: PageFleet['sources']['list']): PageFleet {
  return {
    version: 'e-1',
    clusters: new Map(),
    pool: { templates: [], jobClusters: unknown('not-read-yet', 'state') },
    nodeCounts: { total: unknown('not-read-yet', 'liveness'), dead: unknown('not-read-yet', 'liveness') },
    sources: { ...perSource(() => ({ readAt: NOW, failure: null })), list },
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
  for (const fromCache of [false, true]) {
    const says = (readAt: number, now: number) =>
      freshnessOf(fleetWith({ readAt, failure: null, ...(fromCache ? { fromCache: true as const } : {}) }), live, now);
    for (const age of [1_000, 14_000, 15_001, 18_000, 42_000, 100_000]) {
      const keep = createFreshnessSmoother();
      const first = keep(says(NOW - age, NOW), NOW);
      const wait = msUntilNextFreshness(NOW, NOW - age);
      expect(keep(says(NOW - age, NOW + wait - 2), NOW + wait - 2), `${String(age)} ms`).toBe(first);
      expect(keep(says(NOW - age, NOW + wait), NOW + wait)).not.toBe(first);
    }
  }
  expect(msUntilNextFreshness(NOW, NOW - 15_000)).toBe(500);
});

test('an age moves what is said in few steps, rounded up, and what is said again is the same object', () => {
  const keep = createFreshnessSmoother();
  const aged = (age: number) => ({ kind: 'aged', age, cause: 'not-read' }) as const;
  const first = keep(aged(20_001), NOW);
  expect(first).toEqual(aged(30_000));
  expect(keep(aged(29_999), NOW)).toBe(first);
  expect(keep(aged(30_001), NOW)).toEqual(aged(60_000));
  expect(keep(aged(60_001), NOW)).toEqual(aged(120_000));
  const lost = keep({ kind: 'console-unreachable', since: NOW, shownFrom: 1 }, NOW);
  expect(keep({ kind: 'console-unreachable', since: NOW, shownFrom: 1 }, NOW)).toBe(lost);
  expect(keep({ kind: 'console-unreachable', since: NOW, shownFrom: 2 }, NOW)).not.toBe(lost);
});

test.each(['cache', 'slow'] as const)(
  'an age that rises and falls by itself (%s) is told at its highest, and live only when it has stayed so',
  (cause) => {
    const keep = createFreshnessSmoother();
    const at = (second: number, age: number) =>
      keep(age <= 15 ? { kind: 'live' } : { kind: 'aged', age: age * 1_000, cause }, NOW + second * 1_000);
    const first = at(0, 21);
    expect(first).toEqual({ kind: 'aged', age: 30_000, cause });
    // Told each 10 s, it falls to 14, which would be live, and rises to 27: the same is said all along.
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
    expect(at(22, 31)).toMatchObject({ age: 60_000 });
    expect(at(23, 14)).toMatchObject({ age: 60_000 });
    expect(at(51, 14)).toMatchObject({ age: 60_000 });
    expect(at(52, 14)).toEqual({ kind: 'live' });
    // A failure is said at once, and so is what follows it.
    expect(at(54, 21)).toMatchObject({ age: 30_000 });
    expect(keep({ kind: 'console-unreachable', since: NOW, shownFrom: 1 }, NOW).kind).toBe('console-unreachable');
    expect(at(56, 4)).toEqual({ kind: 'live' });
    // A clock that was set back holds nothing.
    at(57, 21);
    expect(at(-3_600, 14)).toEqual({ kind: 'live' });
  },
);

test('a list that nobody had looked at is live as soon as it is read', () => {
  const keep = createFreshnessSmoother();
  expect(keep({ kind: 'aged', age: 25_000, cause: 'not-read' }, NOW).kind).toBe('aged');
  expect(keep({ kind: 'live' }, NOW + 1_000)).toEqual({ kind: 'live' });
});

describe('how fresh the screen is', () => {
  const at = (age: number, more: Partial<PageFleet['sources']['list']> = {}) =>
    freshnessOf(fleetWith({ readAt: NOW - age, failure: null, ...more }), live, NOW);

  test('a list read a moment ago is live, however it was read', () => {
    expect(at(4_000)).toEqual({ kind: 'live' });
    expect(at(14_000, { fromCache: true })).toEqual({ kind: 'live' });
    expect(at(14_000, { took: 9_000 })).toEqual({ kind: 'live' });
  });

  test('an older one says how old it is at most, and calls Ray slow only where an answer took long', () => {
    expect(at(21_000)).toEqual({ kind: 'aged', age: 21_000, cause: 'not-read' });
    expect(at(21_000, { took: 4_999 })).toEqual({ kind: 'aged', age: 21_000, cause: 'not-read' });
    expect(at(21_000, { took: 5_000 })).toEqual({ kind: 'aged', age: 21_000, cause: 'slow' });
    expect(at(21_000, { fromCache: true, took: 400 })).toEqual({ kind: 'aged', age: 21_000, cause: 'cache' });
    expect(at(90_000, { fromCache: true, took: 400 })).toEqual({ kind: 'aged', age: 90_000, cause: 'cache' });
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
      expect(freshnessOf(fleet, live, NOW)).toEqual({
        kind: kinds[reason],
        since: NOW - 9_000,
        shownFrom: NOW,
        reason,
        cause: null,
      });
    },
  );
});
