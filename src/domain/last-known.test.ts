import { expect, test } from 'vitest';
import { rememberFleet, keepLastKnown, type RememberedFleet } from './last-known.ts';
import { known, unknown } from './sourced.ts';
import { emptyMemory, type FleetMemory } from './fleet-memory.ts';
import type { FleetSources } from './fleet-sources.ts';
import type { ClusterJob } from './fleet.ts';
import { joinFleet } from './join.ts';
import { failing, nothingRead, readings, type SmallFleet } from '../testing/harness/small-fleet.ts';
import { clusterJob, jobClusterIn } from '../testing/harness/jobs.ts';

const small: SmallFleet = {
  nodes: [
    { id: 'h', template: 'head', head: true },
    { id: 'a1', template: '4c8g' },
    { id: 'a2', template: '4c8g', cpus: 2 },
    { id: 'f1', template: '4c8g' },
  ],
  clusters: { batch: ['a1', 'a2'] },
  divisible: [],
};
const all: FleetSources = {
  ...nothingRead,
  ...readings(small, ['list', 'liveness', 'state', 'summary', 'actors', 'jobs']),
};
const away = failing(all, ['list', 'liveness', 'state', 'summary', 'actors', 'jobs'], 'unreachable');
const readAt = () => 77;

/** Two looks: with every source, and with none. */
function twoLooks() {
  const join = (sources: FleetSources, memory: FleetMemory) => joinFleet(sources, memory);
  const first = join(all, emptyMemory());
  const second = join(away, first.memory);
  const third = join(away, second.memory);
  return [first.fleet, second.fleet, third.fleet] as const;
}

test('what becomes unknown keeps its last value and its time, for as long as it is unknown', () => {
  const [first, second, third] = twoLooks();
  const before = rememberFleet(null, first, readAt);
  const gone = rememberFleet(before, second, readAt);
  const later = rememberFleet(gone, third, () => 99);
  for (const { shown } of [gone, later]) {
    expect(shown.clusters.get('batch')?.templates[0]).toMatchObject({
      count: 2,
      dead: { known: false, last: { value: 0, at: 77 } },
      used: { known: false, last: { value: 1, at: 77 } },
      idle: { known: false, last: { value: 1, at: 77 } },
    });
    expect(shown.pool.templates.find(({ templateId }) => templateId === '4c8g')?.free).toMatchObject({
      known: false,
      reason: 'unreachable',
      last: { value: { count: 1, atMost: false }, at: 77 },
    });
  }
  expect(later.shown.clusters.get('batch')).toBe(gone.shown.clusters.get('batch'));
  expect(later.shown.pool).toBe(gone.shown.pool);
});

test('a template whose nodes nothing lists now stays in the pool, and goes once the nodes are listed again', () => {
  const [first, second] = twoLooks();
  const gone = rememberFleet(rememberFleet(null, first, readAt), second, readAt);
  expect(second.pool.templates.map(({ templateId }) => templateId)).not.toContain('head');
  expect(gone.shown.pool.templates.find(({ templateId }) => templateId === 'head')).toMatchObject({
    isHeadTemplate: true,
    alive: { known: false, last: { value: 1, at: 77 } },
  });
  const without = { ...first, pool: { ...first.pool, templates: first.pool.templates.slice(0, 1) } };
  expect(rememberFleet(gone, without, readAt).shown.pool.templates).toHaveLength(1);
});

test('the fleet that was joined is left as it is: an unknown value there has no other', () => {
  const [first, second] = twoLooks();
  const before = rememberFleet(null, first, readAt);
  const { joined, shown } = rememberFleet(before, second, readAt);
  expect(JSON.stringify(shown.pool)).toContain('"last"');
  expect(JSON.stringify(joined.pool)).not.toContain('"last"');
});

test('a value that is known again has no last one, and one that was never known none either', () => {
  const was = { ...unknown('failed', 'state'), last: { value: 3, at: 5 } };
  expect(keepLastKnown(was, known(4, 'state'), readAt)).toEqual(known(4, 'state'));
  expect(keepLastKnown(unknown('not-read-yet', 'state'), unknown('failed', 'state'), readAt)).toEqual(
    unknown('failed', 'state'),
  );
  expect(keepLastKnown(undefined, unknown('failed', 'state'), readAt)).toEqual(unknown('failed', 'state'));
});

test('a value of unknown age is not kept', () => {
  expect(keepLastKnown(known(4, 'state'), unknown('failed', 'state'), () => null)).toEqual(unknown('failed', 'state'));
});

type Listed = Pick<ClusterJob, 'status' | 'entrypoint' | 'startedAt'>;

test('a job of unknown status keeps what the list of jobs said last, while it is known what uses the cluster', () => {
  const running: Listed = { status: known('RUNNING', 'jobs'), entrypoint: 'python x.py', startedAt: 5 };
  const gone = unknown('unreachable', 'jobs');
  const lost: Listed = { status: gone, entrypoint: null, startedAt: null };
  const kept = (...reads: readonly Listed[]) => {
    let memory: RememberedFleet | null = null;
    for (const read of reads) {
      const [{ clusters, ...fleet }] = twoLooks();
      const jobs = [clusterJob('j', read)];
      const usedBy = known({ jobClusters: [], jobs }, 'actors');
      const batch = [...clusters.values()].map((each) => [each.id, { ...each, usedBy }] as const);
      memory = rememberFleet(memory, { ...fleet, clusters: new Map(batch) }, readAt);
    }
    const usedBy = memory?.shown.clusters.get('batch')?.usedBy;
    return usedBy?.known === true ? usedBy.value.jobs[0] : undefined;
  };
  const remembered = { ...running, status: { ...gone, last: { value: 'RUNNING', at: 77 } } };
  expect(kept(running, lost, lost)).toMatchObject(remembered);
  expect(kept(lost)).toMatchObject(lost);
  expect(kept(running, lost, running)).toMatchObject(running);
});

test('a job cluster keeps its nodes and whether its job had ended, while the sources that tell it fail', () => {
  const held = [{ templateId: '4c8g', count: 2 }];
  const seen = jobClusterIn('batch', 'j', {
    nodes: known(held, 'state'),
    leftover: known(true, 'jobs'),
    job: clusterJob('j', { status: known('SUCCEEDED', 'jobs'), endedAt: 9 }),
  });
  const lost = jobClusterIn('batch', 'j', {
    nodes: unknown('unreachable', 'state'),
    leftover: unknown('unreachable', 'jobs'),
    job: clusterJob('j', { status: unknown('unreachable', 'jobs'), endedAt: null }),
  });
  let memory: RememberedFleet | null = null;
  for (const each of [seen, lost, lost]) {
    const [{ clusters, ...fleet }] = twoLooks();
    const usedBy = known({ jobClusters: [each], jobs: [] }, 'actors');
    const batch = [...clusters.values()].map((cluster) => [cluster.id, { ...cluster, usedBy }] as const);
    memory = rememberFleet(memory, { ...fleet, clusters: new Map(batch) }, readAt);
  }
  const usedBy = memory?.shown.clusters.get('batch')?.usedBy;
  expect(usedBy?.known === true && usedBy.value.jobClusters[0]).toMatchObject({
    nodes: { known: false, reason: 'unreachable', last: { value: held, at: 77 } },
    leftover: { known: false, reason: 'unreachable', last: { value: true, at: 77 } },
    job: { status: { known: false, last: { value: 'SUCCEEDED' } }, endedAt: 9 },
  });
});
