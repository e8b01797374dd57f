import { expect, test } from 'vitest';
import { outageOf } from './outage-state.ts';

const NOW = 1_800_000_000_000;
const writable = { readOnly: null };

test('nothing while all is well, or only a little late', () => {
  expect(outageOf(writable, { kind: 'live' })).toBeNull();
  expect(outageOf(writable, { kind: 'aged', age: 30_000, cause: 'slow' })).toBeNull();
  // As old as a large list from Ray's cache gets.
  expect(outageOf(writable, { kind: 'aged', age: 60_000, cause: 'cache' })).toBeNull();
  expect(outageOf(null, { kind: 'connecting' })).toBeNull();
  expect(outageOf(writable, { kind: 'signed-out' })).toBeNull();
});

test('how old it is, once that matters, and why', () => {
  expect(outageOf(writable, { kind: 'aged', age: 120_000, cause: 'not-read' })).toEqual({
    kind: 'stale',
    age: 120_000,
    cause: 'not-read',
  });
});

test.each(['ray-unreachable', 'ray-fails', 'ray-unreadable'] as const)(
  '%s, since when, what was met, and from when what is shown is',
  (kind) => {
    const freshness = {
      kind,
      since: NOW,
      shownFrom: NOW - 5,
      reason: 'timed-out',
      cause: { kind: 'network', error: 'refused' },
    } as const;
    expect(outageOf(writable, freshness)).toEqual(freshness);
    expect(outageOf(null, { ...freshness, shownFrom: null })).toMatchObject({ kind, shownFrom: null });
  },
);

test('a lost console, whatever it had said of Ray', () => {
  const lost = { kind: 'console-unreachable', since: NOW, shownFrom: NOW } as const;
  expect(outageOf({ readOnly: 'list-unreadable' }, lost)).toEqual(lost);
});

test('a Ray whose list can not be read as one makes the console read-only, and that is said once', () => {
  const fleet = { readOnly: 'list-unreadable' } as const;
  const unreadable = {
    kind: 'ray-unreadable',
    since: NOW,
    shownFrom: NOW,
    reason: 'not-offered',
    cause: null,
  } as const;
  for (const freshness of [unreadable, { kind: 'live' }] as const)
    expect(outageOf(fleet, freshness)).toEqual({ kind: 'list-unreadable' });
});
