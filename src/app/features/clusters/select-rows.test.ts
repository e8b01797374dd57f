import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_PROFILE } from '../../../domain/cluster-profile.ts';
import { known, unknown, type Recalled } from '../../../domain/sourced.ts';
import type { UsedBy, VirtualCluster } from '../../../domain/fleet.ts';
import { parseRevision } from '../../../domain/revision.ts';
import { readListQuery, sortColumns } from './list-query.ts';
import type { Trend } from './list-columns.ts';
import { filterAndSortClusters } from './select-rows.ts';
import { templateNodes } from '../../../testing/harness/template-nodes.ts';
import { clusterJob } from '../../../testing/harness/jobs.ts';

const job = clusterJob('raysubmit_x');

function cluster(
  id: string,
  rest: Partial<{
    divisible: boolean;
    sets: Record<string, number>;
    dead: Recalled<number>;
    revision: string;
    usedBy: Recalled<UsedBy>;
  }> = {},
): VirtualCluster {
  const revision = parseRevision(rest.revision ?? '1734141542694433731');
  if (revision === null) throw new Error('not a revision');
  const none = known(0, 'state');
  const templates = Object.entries(rest.sets ?? { '4c8g': 1 }).map(([templateId, count]) =>
    templateNodes(templateId, count, { dead: rest.dead ?? none }),
  );
  return {
    id,
    divisible: rest.divisible ?? false,
    revision,
    templates,
    usedBy: rest.usedBy ?? known({ jobClusters: [], jobs: [] }, 'actors'),
  };
}

const doubt = unknown('failed', 'actors');
const clusters = [
  cluster('train-10', {
    divisible: true,
    sets: { '8c16g': 3, gpu_a10: 20 },
    usedBy: known({ jobClusters: [], jobs: [job, job] }, 'actors'),
    revision: '9734141542694433731',
  }),
  cluster('train-9', {
    divisible: true,
    sets: { '16c32g': 7 },
    usedBy: doubt,
    dead: unknown('failed', 'liveness'),
    revision: '99',
  }),
  cluster('etl', {
    sets: { '4c8g': 6 },
    dead: known(1, 'liveness'),
    usedBy: known({ jobClusters: [], jobs: [job] }, 'actors'),
  }),
  cluster('CI', { sets: {} }),
];
const ids = (search: string) => filterAndSortClusters(clusters, readListQuery(search)).map(({ id }) => id);

describe('which rows are shown', () => {
  test.each([
    ['', ['CI', 'etl', 'train-9', 'train-10']],
    ['?q=TRAIN', ['train-9', 'train-10']],
    ['?q=gpu', ['train-10']],
    ['?q=  train   8c ', ['train-10']],
    ['?q=train%20etl', []],
    ['?q=%20', ['CI', 'etl', 'train-9', 'train-10']],
    ['?kind=divisible', ['train-9', 'train-10']],
    ['?kind=indivisible&q=i', ['CI']],
    // Of a template: those that hold it, that have dead ones of it (unknown is not none), and that have idle ones.
    ['?nodes=free:gpu_a10', ['train-10']],
    ['?nodes=dead:16c32g', ['train-9']],
    ['?nodes=idle:gpu_a10', []],
  ])('%s', (search, expected) => {
    expect(ids(search)).toEqual(expected);
  });

  test('what is not known is never filtered out', () => {
    expect(ids('?in-use=1')).toEqual(['etl', 'train-9', 'train-10']);
    expect(ids('?dead-nodes=1')).toEqual(['etl', 'train-9']);
  });
});

describe('in which order', () => {
  test.each([
    ['?desc=1', ['train-10', 'train-9', 'etl', 'CI']],
    ['?sort=kind', ['train-9', 'train-10', 'CI', 'etl']],
    ['?sort=kind&desc=1', ['CI', 'etl', 'train-9', 'train-10']],
    ['?sort=sets', ['CI', 'etl', 'train-10', 'train-9']],
    ['?sort=nodes&desc=1', ['train-10', 'train-9', 'etl', 'CI']],
    ['?sort=owner', ['CI', 'etl', 'train-9', 'train-10']],
    // As numbers, however many digits they have.
    ['?sort=revision', ['train-9', 'CI', 'etl', 'train-10']],
  ])('%s', (search, expected) => {
    expect(ids(search)).toEqual(expected);
  });

  test('what is not known stands last, whichever way', () => {
    expect(ids('?sort=used-by')).toEqual(['CI', 'etl', 'train-10', 'train-9']);
    expect(ids('?sort=used-by&desc=1')).toEqual(['train-10', 'etl', 'CI', 'train-9']);
  });

  test('the order that they came in never matters', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(clusters, { minLength: clusters.length }),
        fc.constantFrom(...sortColumns),
        fc.boolean(),
        (shuffled, column, descending) => {
          const query = { ...readListQuery(''), sort: { column, descending } };
          expect(filterAndSortClusters(shuffled, query)).toEqual(filterAndSortClusters(clusters, query));
        },
      ),
      { seed: 9 },
    );
  });
});

test('the owner, the purpose and the labels are found, too; label: finds nothing but labels', () => {
  const profile = {
    ...EMPTY_PROFILE,
    owner: 'Wei Zhang',
    purpose: 'Nightly notebooks',
    labels: ['gpu', 'team=data'],
    contact: 'nobody@example.com',
  };
  const owned = [cluster('a', {}), { ...cluster('b', {}), profile: { profile, version: 1, who: 'x', at: 1 } }];
  const found = (q: string) => filterAndSortClusters(owned, { ...readListQuery(''), filter: q }).map(({ id }) => id);
  for (const q of ['wei zhang', 'NIGHTLY', 'team=d', 'label:GPU', 'label:team=data wei'])
    expect(found(q), q).toEqual(['b']);
  expect(filterAndSortClusters(owned, readListQuery('?sort=owner')).map(({ id }) => id)).toEqual(['b', 'a']);
  for (const q of ['label:wei', 'label:pu', 'example.com', 'label']) expect(found(q), q).toEqual([]);
});

test('what was known last keeps the rows in their order and in the filter', () => {
  const use = (jobs: number) => ({ jobClusters: [], jobs: Array.from({ length: jobs }, () => job) });
  const at = (isAway: boolean) =>
    [
      ['a', 1, 1],
      ['b', 3, 0],
      ['c', 0, 0],
    ].map(([id, jobs, dead]) => {
      const [usedBy, deaths] = [use(Number(jobs)), Number(dead)];
      const away = { known: false, reason: 'unreachable', source: 'state' } as const;
      return cluster(String(id), {
        usedBy: isAway ? { ...away, last: { value: usedBy, at: 1 } } : known(usedBy, 'state'),
        dead: isAway ? { ...away, last: { value: deaths, at: 1 } } : known(deaths, 'state'),
      });
    });
  for (const search of ['?sort=used-by&desc=1', '?in-use=1', '?dead=1', '?dead-nodes=1']) {
    const query = readListQuery(search);
    const ids = (isAway: boolean) => filterAndSortClusters(at(isAway), query).map(({ id }) => id);
    expect(ids(true), search).toEqual(ids(false));
  }
  expect(filterAndSortClusters(at(true), readListQuery('?in-use=1')).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('by the last 7 days: the longest idle first, what is used or not recorded last whichever way', () => {
  const trend = (clusterId: string, idleSince: number | null): readonly [string, Trend] => [
    clusterId,
    { clusterId, held: [], used: [], idleSince },
  ];
  const trends = new Map([trend('etl', 5_000), trend('train-9', 1_000), trend('train-10', null)]);
  const sorted = (search: string) =>
    filterAndSortClusters(clusters, readListQuery(search), trends)
      .map(({ id }) => id)
      .filter((id) => id === 'etl' || id.startsWith('train'));
  expect(sorted('?sort=trend&desc=1')).toEqual(['train-9', 'etl', 'train-10']);
  expect(sorted('?sort=trend')).toEqual(['etl', 'train-9', 'train-10']);
});
