import { expect, test } from 'vitest';
import type { Change } from '../../../../contract/change.ts';
import { known, perSource, unknown } from '../../../../domain/sourced.ts';
import type { FreePool, JobCluster, VirtualCluster } from '../../../../domain/fleet.ts';
import type { Result } from '../../../../domain/result.ts';
import { clusterOf, poolOf } from '../../../testing/cluster-fixture.ts';
import { scriptedChange } from '../../../testing/scripted-api.tsx';
import { templateNodes } from '../../../../testing/harness/template-nodes.ts';
import { attentionItems } from './attention-items.ts';
import { jobClusterIn } from '../../../../testing/harness/jobs.ts';

const NOW = 1_000;

type Sources = Parameters<typeof attentionItems>[0]['sources'];
const well = { readAt: 1, failure: null };
const down = (reason: 'unreachable' | 'node-full') => ({ readAt: 1, failure: { reason, since: 1 } });
const sources: Sources = perSource(() => well);
const pool = poolOf({ '4c8g': 0, '8c16g': 3 });

function fleetOf(
  clusters: readonly VirtualCluster[],
  more: { readonly pool?: FreePool; readonly sources?: Sources } = {},
): Parameters<typeof attentionItems>[0] {
  return { clusters: new Map(clusters.map((each) => [each.id, each])), pool, sources, waiting: [], ...more };
}

const withDead = (id: string, templateId: string): VirtualCluster => ({
  ...clusterOf({}, { id }),
  templates: [templateNodes(templateId, 3, { dead: known(2, 'liveness') })],
});

const jobCluster = (submissionId: string, leftover: JobCluster['leftover'], nodes: JobCluster['nodes']) =>
  jobClusterIn('team', submissionId, { leftover, nodes });

const deletion = (id: string, result: Result): Change =>
  scriptedChange(id, { kind: 'delete', clusterId: 'etl', base: null }, result);
const lost: Result = { kind: 'unknown', cause: 'timed-out', lookedAt: null };

test('a fleet in which all is well needs nobody', () => {
  expect(attentionItems(fleetOf([clusterOf({ '4c8g': 2 })]), [], NOW)).toEqual([]);
});

test('dead nodes need somebody only where none of their template is free', () => {
  expect(attentionItems(fleetOf([withDead('a', '8c16g'), withDead('b', '4c8g')]), [], NOW)).toEqual([
    { kind: 'replacement', clusterId: 'b', dead: [['4c8g', 2]] },
  ]);
});

test('left over job clusters are counted with what they hold, as far as that is known', () => {
  const two = known([{ templateId: '4c8g', count: 2 }], 'state');
  const over = known(true, 'jobs');
  const usedBy = (...jobClusters: readonly JobCluster[]) => known({ jobClusters, jobs: [] }, 'actors');
  const clusters = [
    clusterOf({}, { id: 'a', usedBy: usedBy(jobCluster('x', over, two), jobCluster('y', known(false, 'jobs'), two)) }),
    clusterOf({}, { id: 'b', usedBy: usedBy(jobCluster('z', over, unknown('node-full', 'state'))) }),
    clusterOf({}, { id: 'c', usedBy: usedBy(jobCluster('q', unknown('failed', 'jobs'), two)) }),
  ];
  expect(attentionItems(fleetOf(clusters), [], NOW)).toEqual([
    { kind: 'leftover', clusterId: 'a', count: 1, nodes: 2, first: 'x' },
    { kind: 'leftover', clusterId: 'b', count: 1, nodes: null, first: 'z' },
  ]);
});

test('of one kind what concerns the most nodes comes first, and then the id, whatever the order of the fleet', () => {
  const left = (id: string, ...nodes: readonly number[]) => {
    const jobClusters = nodes.map((count, at) =>
      jobCluster(`${id}-${String(at)}`, known(true, 'jobs'), known([{ templateId: '4c8g', count }], 'state')),
    );
    return clusterOf({}, { id, usedBy: known({ jobClusters, jobs: [] }, 'actors') });
  };
  const dead = (id: string, count: number): VirtualCluster => ({
    ...clusterOf({}, { id }),
    templates: [templateNodes('4c8g', 9, { dead: known(count, 'liveness') })],
  });
  const clusters = [left('l-1', 1), dead('d-10', 1), left('l-9', 4), dead('d-9', 1), left('l-2', 1, 2), dead('d-1', 5)];
  expect(attentionItems(fleetOf(clusters), [], NOW).map((item) => 'clusterId' in item && item.clusterId)).toEqual([
    'd-1',
    'd-9',
    'd-10',
    'l-9',
    'l-2',
    'l-1',
  ]);
});

test('sources that Ray does not answer for count once, and stand before all else', () => {
  const failing = { ...perSource(() => down('unreachable')), state: down('node-full') };
  expect(
    attentionItems(fleetOf([withDead('b', '4c8g')], { sources: failing }), [], NOW).map(({ kind }) => kind),
  ).toEqual(['source', 'source', 'replacement']);
});

test('changes of unknown outcome are counted by virtual cluster; those that wait or are settled are not', () => {
  const open = [deletion('1', lost), deletion('2', lost), deletion('3', { kind: 'waiting', refusedAt: null })];
  expect(attentionItems(fleetOf([]), open, NOW)).toEqual([{ kind: 'outcome', clusterId: 'etl', count: 2 }]);
});

test('a change of which nobody can know what became of it is told for a time, apart from those that may still be found out', () => {
  const unknowable = (id: string, settledAt: number) => ({
    ...deletion(id, { kind: 'cannot-be-known', evidence: { why: 'not-shown', shown: null, at: 1 } }),
    settledAt,
  });
  const changes = [unknowable('1', NOW - 1), unknowable('2', NOW), unknowable('3', NOW + 5), deletion('4', lost)];
  expect(attentionItems(fleetOf([]), changes, NOW)).toEqual([
    { kind: 'outcome', clusterId: 'etl', count: 1 },
    { kind: 'cannot-be-known', clusterId: 'etl', count: 2 },
  ]);
});

test('what nobody can mend stands last: a reply that Ray cuts, or does not give; but not the list, without which nothing is current', () => {
  const failing = (reason: 'truncated' | 'not-offered' | 'failed') => ({ readAt: 1, failure: { reason, since: 1 } });
  const some = {
    ...sources,
    liveness: failing('truncated'),
    jobs: failing('failed'),
    identity: failing('not-offered'),
  };
  const labels = (of: Sources) =>
    attentionItems(fleetOf([withDead('b', '4c8g')], { sources: of }), [], NOW).map((item) =>
      'source' in item ? `${item.kind} ${item.source}` : item.kind,
    );
  expect(labels(some)).toEqual(['source jobs', 'replacement', 'limit liveness', 'limit identity']);
  expect(labels({ ...sources, list: failing('truncated') })).toEqual(['source list', 'replacement']);
});
