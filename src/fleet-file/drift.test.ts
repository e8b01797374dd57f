import { expect, test } from 'vitest';
import { EMPTY_PROFILE } from '../domain/cluster-profile.ts';
import { applicationOf, driftOf, isDrift } from './drift.ts';
import type { FileCluster, FleetCluster } from './fleet-cluster.ts';

const fleet: readonly FleetCluster[] = [
  { id: 'same', divisible: false, replicaSets: { a: 1 }, profile: { ...EMPTY_PROFILE, owner: 'Anna' } },
  { id: 'small', divisible: true, replicaSets: { a: 1 }, profile: EMPTY_PROFILE },
  { id: 'whole', divisible: false, replicaSets: { a: 1 }, profile: EMPTY_PROFILE },
  { id: 'other', divisible: false, replicaSets: { b: 2 }, profile: EMPTY_PROFILE },
];
const file: readonly FileCluster[] = [
  { id: 'new', divisible: true, replicaSets: { b: 1 }, profile: { owner: 'Ben' } },
  { id: 'same', divisible: false, replicaSets: { a: 1, b: 0 }, profile: {} },
  { id: 'small', divisible: true, replicaSets: { a: 3 }, profile: { owner: 'Cleo' } },
  { id: 'whole', divisible: true, replicaSets: { a: 2 }, profile: {} },
];

test('drift is told for each virtual cluster; what a file leaves out, and no nodes of a template, is none', () => {
  expect(driftOf(file, fleet)).toMatchObject([
    { kind: 'missing', clusterId: 'new' },
    { kind: 'unknown', clusterId: 'other' },
    { kind: 'differs', clusterId: 'small', replicaSets: true, divisible: false, profile: ['owner'] },
    { kind: 'differs', clusterId: 'whole', replicaSets: true, divisible: true, profile: [] },
  ]);
});

test('what the file does not name is deleted, and is drift, only where it is to be pruned', () => {
  const drift = driftOf(file, fleet);
  const { goals, kept } = applicationOf(drift, { prune: false });
  expect(goals.map(({ clusterId, to }) => [clusterId, to])).toEqual([
    ['new', { b: 1 }],
    ['small', { a: 3 }],
  ]);
  expect(kept).toEqual(['other']);
  expect(applicationOf(drift, { prune: true }).goals).toContainEqual({
    clusterId: 'other',
    divisible: false,
    from: { b: 2 },
    to: null,
  });
  const extra = driftOf([], fleet);
  expect([isDrift(extra, { prune: false }), isDrift(extra, { prune: true })]).toEqual([false, true]);
});

test('another divisibility is told, and nothing of it applied: nobody asked for a deletion', () => {
  const { goals, notApplied } = applicationOf(driftOf(file, fleet), { prune: true });
  expect(notApplied).toEqual(['whole']);
  expect(goals.map(({ clusterId }) => clusterId)).not.toContain('whole');
});

test('profiles are set whole, with the fields that the file does not name as they are', () => {
  const named: FileCluster = { id: 'same', divisible: false, replicaSets: { a: 1 }, profile: { purpose: 'ETL' } };
  expect(applicationOf(driftOf([named], fleet), { prune: false }).profiles).toEqual([
    { clusterId: 'same', profile: { ...EMPTY_PROFILE, owner: 'Anna', purpose: 'ETL' } },
  ]);
  const labels = (want: readonly string[], has: readonly string[]) => {
    const listed = { id: 'same', divisible: false, replicaSets: { a: 1 }, profile: { ...EMPTY_PROFILE, labels: has } };
    return applicationOf(driftOf([{ ...named, profile: { labels: want } }], [listed]), { prune: false }).profiles;
  };
  expect(labels(['gpu'], [])).toEqual([{ clusterId: 'same', profile: { ...EMPTY_PROFILE, labels: ['gpu'] } }]);
  expect(labels([], ['gpu'])).toEqual([{ clusterId: 'same', profile: EMPTY_PROFILE }]);
  expect(labels(['gpu'], ['gpu'])).toEqual([]);
  const unasked = fleet.map((cluster) => ({ ...cluster, profile: null }));
  expect(driftOf([named], unasked).map(({ clusterId }) => clusterId)).not.toContain('same');
});
