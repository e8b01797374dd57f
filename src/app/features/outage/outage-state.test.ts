import { expect, test } from 'vitest';
import { known } from '../../../domain/sourced.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import { outageOf } from './outage-state.ts';

const NOW = 1_800_000_000_000;
const source = { readAt: NOW, failure: null };

function fleetWith(rest: Partial<PageFleet> = {}): PageFleet {
  return {
    version: 'e-1',
    clusters: new Map(),
    pool: { templates: [], jobClusters: known([], 'state') },
    nodeCounts: { total: known(1, 'liveness'), dead: known(0, 'liveness') },
    sources: {
      list: source,
      liveness: source,
      state: source,
      summary: source,
      actors: source,
      jobs: source,
      identity: source,
    },
    readOnly: null,
    waiting: [],
    notice: null,
    map: 0,
    lately: 0,
    now: NOW,
    receivedAt: NOW,
    ...rest,
  };
}

test('nothing while all is well, or only a little late', () => {
  expect(outageOf(fleetWith(), { kind: 'live' })).toBeNull();
  expect(outageOf(fleetWith(), { kind: 'slow', age: 20_000 })).toBeNull();
  expect(outageOf(null, { kind: 'connecting' })).toBeNull();
});

test('how old it is, once that matters', () => {
  expect(outageOf(fleetWith(), { kind: 'slow', age: 90_000 })).toEqual({ kind: 'stale', age: 90_000 });
});

test.each(['console-unreachable', 'ray-unreachable', 'ray-fails'] as const)(
  '%s, since when, and from when what is shown is',
  (kind) => {
    expect(outageOf(fleetWith(), { kind, since: NOW, shownFrom: NOW })).toEqual({ kind, since: NOW, shownFrom: NOW });
    expect(outageOf(null, { kind, since: NOW, shownFrom: null })).toEqual({ kind, since: NOW, shownFrom: null });
  },
);

test('why the list can not be read', () => {
  const list = { readAt: NOW - 5, failure: { reason: 'too-large', since: NOW } } as const;
  const fleet = fleetWith({ sources: { ...fleetWith().sources, list } });
  expect(outageOf(fleet, { kind: 'ray-unreadable', since: NOW, shownFrom: NOW - 5 })).toEqual({
    kind: 'ray-unreadable',
    reason: 'too-large',
    since: NOW,
    shownFrom: NOW - 5,
  });
});

test('a Ray whose list can not be read as one makes the console read-only, and that is said once', () => {
  const fleet = fleetWith({ readOnly: 'list-unreadable' });
  for (const freshness of [{ kind: 'ray-unreadable', since: NOW, shownFrom: NOW }, { kind: 'live' }] as const)
    expect(outageOf(fleet, freshness)).toEqual({ kind: 'list-unreadable' });
});
