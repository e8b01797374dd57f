import { describe, expect, test } from 'vitest';
import { unknown, unknownReasons, type UnknownReason } from '../../domain/fact.ts';
import type { PageFleet } from '../api/page-fleet.ts';
import { freshnessOf, keepFreshness, saidFor } from './freshness-of.ts';

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
  for (const age of [14_000, 15_001, 18_000, 42_000]) {
    const keep = keepFreshness();
    const first = keep(says(NOW - age, NOW));
    const wait = saidFor(first, NOW, NOW - age);
    expect(keep(says(NOW - age, NOW + wait - 2)), `${String(age)} ms`).toBe(first);
    expect(keep(says(NOW - age, NOW + wait))).not.toBe(first);
  }
  expect(saidFor({ kind: 'live' }, NOW, NOW)).toBe(5_001);
  expect(saidFor({ kind: 'live' }, NOW, NOW - 15_000)).toBe(500);
  expect(saidFor({ kind: 'connecting' }, NOW, null)).toBeLessThanOrEqual(5_001);
});

test('what is said again is the same object, and an age moves it in steps, rounded up', () => {
  const keep = keepFreshness();
  const first = keep({ kind: 'slow', age: 20_001 });
  expect(first).toEqual({ kind: 'slow', age: 25_000 });
  expect(keep({ kind: 'slow', age: 24_999 })).toBe(first);
  expect(keep({ kind: 'slow', age: 25_001 })).toEqual({ kind: 'slow', age: 30_000 });
  const lost = keep({ kind: 'console-unreachable', since: NOW, shownFrom: 1 });
  expect(keep({ kind: 'console-unreachable', since: NOW, shownFrom: 1 })).toBe(lost);
  expect(keep({ kind: 'console-unreachable', since: NOW, shownFrom: 2 })).not.toBe(lost);
  expect(keep({ kind: 'ray-fails', since: NOW, shownFrom: 2 }).kind).toBe('ray-fails');
});

describe('how fresh the screen is', () => {
  test('a list read a moment ago is live', () => {
    expect(freshnessOf(fleetWith({ readAt: NOW - 4_000, failure: null }), live, NOW)).toEqual({ kind: 'live' });
  });

  test('an older one says how old it is at most', () => {
    expect(freshnessOf(fleetWith({ readAt: NOW - 21_000, failure: null }), live, NOW)).toEqual({ kind: 'slow', age: 21_000 });
  });

  test('a reading from the future of a clock that was set back is no age below zero', () => {
    expect(freshnessOf(fleetWith({ readAt: NOW + 60_000, failure: null }), live, NOW)).toEqual({ kind: 'live' });
  });

  test('a lost console is said before anything that it said of Ray', () => {
    const fleet = fleetWith({ readAt: NOW, failure: { reason: 'unreachable', since: NOW - 60_000 } });
    expect(freshnessOf(fleet, { state: 'lost', since: NOW - 5_000 }, NOW)).toEqual({ kind: 'console-unreachable', since: NOW - 5_000, shownFrom: NOW });
    expect(freshnessOf(null, { state: 'lost', since: NOW }, NOW)).toEqual({ kind: 'console-unreachable', since: NOW, shownFrom: null });
  });

  test('before the first answer, before the first reading and after a hidden while, it connects', () => {
    expect(freshnessOf(null, { state: 'connecting' }, NOW)).toEqual({ kind: 'connecting' });
    expect(freshnessOf(fleetWith({ readAt: null, failure: null }), live, NOW)).toEqual({ kind: 'connecting' });
    const old = fleetWith({ readAt: NOW - 600_000, failure: null });
    expect(freshnessOf(old, { state: 'connecting' }, NOW)).toEqual({ kind: 'connecting' });
  });

  test.each(unknownReasons)('a failing list (%s) is never live, however lately it was read, and says since when', (reason) => {
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
  });
});
