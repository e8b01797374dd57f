import { expect, test } from 'vitest';
import { clusterOf } from '../../testing/cluster-fixture.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { donorsFor, goalsOfTaking } from './donors.ts';
import { goalOf } from '../../../testing/harness/plan-steps.ts';

function withIdle(id: string, count: number, idle: number | null): VirtualCluster {
  const cluster = clusterOf({ '4c8g': count }, { id });
  const known =
    idle === null
      ? ({ known: false, reason: 'not-read-yet', source: 'actors' } as const)
      : ({ known: true, value: idle, source: 'actors' } as const);
  return { ...cluster, templates: cluster.templates.map((each) => ({ ...each, idle: known })) };
}

test('donors have idle nodes of what is lacking, the most first; unknown is not idle, and nobody gives to itself', () => {
  const rows = [
    { templateId: '4c8g', asked: 5, becomes: 2, limited: true },
    { templateId: 'gpu', asked: 1, becomes: 1, limited: false },
  ];
  const clusters = [
    withIdle('me', 4, 4),
    withIdle('a', 4, 2),
    withIdle('b', 9, 7),
    withIdle('c', 4, null),
    withIdle('d', 4, 0),
  ];
  const donors = donorsFor(rows, 'me', clusters, new Map([['4c8g', 2]]));
  expect(donors.map(({ cluster, gives, rest }) => [cluster.id, gives, rest])).toEqual([
    ['b', 3, 0],
    ['a', 2, 1],
  ]);
  const taker = goalOf('me', { '4c8g': 2 }, { '4c8g': 5 });
  const [first] = donors;
  expect(first === undefined ? [] : goalsOfTaking(first, taker)).toEqual([
    goalOf('b', { '4c8g': 9 }, { '4c8g': 6 }),
    taker,
  ]);
});

test('what dead members wait for is taken besides, where it is idle, since Ray serves them first', () => {
  const rows = [{ templateId: '4c8g', asked: 2, becomes: 0, limited: true }];
  const clusters = [withIdle('a', 4, 1), withIdle('b', 9, 7), withIdle('c', 4, 2)];
  const donors = donorsFor(rows, 'me', clusters, new Map([['4c8g', -1]]));
  expect(donors.map(({ cluster, gives, replaces, rest }) => [cluster.id, gives, replaces, rest])).toEqual([
    ['b', 3, 1, 0],
    ['c', 2, 1, 1],
    ['a', 1, 1, 2],
  ]);
});
