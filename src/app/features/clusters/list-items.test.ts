import { expect, test } from 'vitest';
import { known } from '../../../domain/sourced.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { NO_REVISION } from '../../../domain/revision.ts';
import { shouldVirtualize, listItems, MAX_VISIBLE_JOB_CLUSTERS } from './list-items.ts';
import { templateNodes } from '../../../testing/harness/template-nodes.ts';
import { jobClusterIn } from '../../../testing/harness/jobs.ts';

function cluster(id: string, jobClusters: number, templates = 0): VirtualCluster {
  return {
    id,
    divisible: true,
    revision: NO_REVISION,
    templates: Array.from({ length: templates }, (_, index) => templateNodes(`t${String(index)}`, 1)),
    usedBy: known(
      {
        jobClusters: Array.from({ length: jobClusters }, (_, index) => jobClusterIn(id, `raysubmit_${String(index)}`)),
        jobs: [],
      },
      'state',
    ),
  };
}

test('job clusters stand below theirs once that is opened, and nowhere else', () => {
  const all = [cluster('a', 2), cluster('b', 1), cluster('c', 0)];
  expect(listItems(all, new Set()).map(({ key }) => key)).toEqual(['cluster a', 'cluster b', 'cluster c']);
  expect(listItems(all, new Set(['a', 'c', 'gone'])).map(({ key }) => key)).toEqual([
    'cluster a',
    'job a##raysubmit_0',
    'job a##raysubmit_1',
    'cluster b',
    'cluster c',
  ]);
});

test('hundreds are counted, not listed', () => {
  const items = listItems([cluster('a', 300)], new Set(['a']));
  expect(items).toHaveLength(1 + MAX_VISIBLE_JOB_CLUSTERS + 1);
  expect(items.at(-1)).toMatchObject({ kind: 'more', count: 300 - MAX_VISIBLE_JOB_CLUSTERS });
  expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
});

test('few virtual clusters are drawn whole; many, or ones of many templates, only where they are in sight', () => {
  const fleet = (count: number, templates: number) =>
    listItems(
      Array.from({ length: count }, (_, index) => cluster(`c${String(index)}`, 0, templates)),
      new Set(),
    );
  expect(shouldVirtualize(fleet(30, 4), 10)).toBe(false);
  expect(shouldVirtualize(fleet(100, 4), 10)).toBe(true);
  expect(shouldVirtualize(fleet(30, 500), 10)).toBe(true);
});
