import { describe, expect, test } from 'vitest';
import { known, unknown } from './sourced.ts';
import type { JobCluster, VirtualCluster } from './fleet.ts';
import { continueIdle, idleBlockerOf, notJudged } from './idle.ts';
import { revision } from '../testing/harness/small-fleet.ts';
import { templateNodes } from '../testing/harness/template-nodes.ts';
import { clusterJob, jobClusterIn } from '../testing/harness/jobs.ts';

const doubt = unknown('node-full', 'state');

function cluster(
  parts: Partial<VirtualCluster> & { readonly used?: VirtualCluster['templates'][number]['used'] },
): VirtualCluster {
  const { used = known(0, 'state'), ...rest } = parts;
  const template = templateNodes('4c8g', 2, { used, idle: known(2, 'state') });
  return {
    id: 'vc',
    divisible: true,
    revision: revision('1795469080484243902'),
    templates: [template],
    usedBy: known({ jobClusters: [], jobs: [] }, 'state'),
    ...rest,
  };
}

const jobCluster = (leftover: JobCluster['leftover']) => jobClusterIn('vc', 'raysubmit_X', { leftover });

const holding = (...jobClusters: readonly JobCluster[]) =>
  cluster({ usedBy: known({ jobClusters, jobs: [] }, 'state') });

describe('what keeps a virtual cluster from being idle', () => {
  test('nothing: no job, no job cluster, no used node', () => {
    expect(idleBlockerOf(cluster({}))).toBeNull();
    expect(idleBlockerOf(cluster({ templates: [] }))).toBeNull();
  });

  test('a job', () => {
    const job = clusterJob('raysubmit_X');
    expect(idleBlockerOf(cluster({ usedBy: known({ jobClusters: [], jobs: [job] }, 'actors') }))).toEqual({
      kind: 'jobs',
      count: 1,
    });
    expect(idleBlockerOf(holding(jobCluster(known(false, 'jobs'))))).toEqual({ kind: 'jobs', count: 1 });
  });

  test("a finished job's cluster, which holds nodes all the same", () => {
    expect(idleBlockerOf(holding(jobCluster(known(true, 'jobs')), jobCluster(doubt)))).toEqual({
      kind: 'leftovers',
      count: 1,
    });
  });

  test('a used node of whoever it may be', () => {
    expect(idleBlockerOf(cluster({ used: known(1, 'state') }))).toEqual({ kind: 'busy-nodes', count: 1 });
  });

  test.each([
    ['who uses it', cluster({ usedBy: doubt })],
    ['whether a node is used', cluster({ used: doubt })],
    ['whether a job cluster is left over', holding(jobCluster(doubt))],
  ])('not knowing %s', (_, one) => {
    expect(idleBlockerOf(one)).toEqual({ kind: 'unknown', reason: 'node-full', source: 'state' });
  });
});

describe('a virtual cluster that was idle', () => {
  const older = revision('1795469080484243902');
  const first = continueIdle(notJudged, { asOf: 1_000, revision: older });

  test('is idle since the first reading that shows it', () => {
    expect(first).toEqual({ notIdle: null, since: 1_000, asOf: 1_000, revision: older });
    expect(continueIdle(first, { asOf: 181_000, revision: older })).toMatchObject({ since: 1_000, asOf: 181_000 });
  });

  test('starts again after a gap between two readings', () => {
    expect(continueIdle(first, { asOf: 181_001, revision: older }).since).toBe(181_001);
  });

  test('starts again when its revision moved: a job may have come and gone (fact 6)', () => {
    expect(continueIdle(first, { asOf: 2_000, revision: revision('1795469080484243903') }).since).toBe(2_000);
  });
});
