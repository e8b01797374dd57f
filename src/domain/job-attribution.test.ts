import { describe, expect, test } from 'vitest';
import { failing, nothingRead, readings, type SmallFleet } from '../testing/harness/small-fleet.ts';
import { emptyMemory } from './fleet-memory.ts';
import type { JobDoubt } from './fleet.ts';
import type { FleetSources } from './fleet-sources.ts';
import { joinFleet } from './join.ts';
import type { Supervisor } from './sources.ts';

const everything = ['list', 'liveness', 'state', 'summary', 'actors', 'jobs'] as const;

/** Team A shares its nodes; a job of team B has a cluster of its own. */
const honest: SmallFleet = {
  nodes: ['a1', 'a2', 'b1', 'b2', 'f1'].map((id) => ({ id, template: '4c8g' })),
  clusters: { 'team-a': ['a1', 'a2'], 'team-b': ['b1', 'b2'] },
  divisible: ['team-b'],
  jobClusters: { 'team-b##own': ['b1'] },
  supervisors: [
    { submissionId: 'shared', nodeId: 'a1', clusterId: 'team-a' },
    { submissionId: 'own', nodeId: 'b1', clusterId: 'team-b##own' },
  ],
  jobs: [
    { submissionId: 'shared', status: 'RUNNING', driverNodeId: 'a1' },
    { submissionId: 'own', status: 'RUNNING', driverNodeId: 'b1' },
  ],
};

const [shared, own] = honest.supervisors ?? [];
if (shared === undefined || own === undefined) throw new Error('no supervisors');

/** The jobs of each virtual cluster, with what is doubted of them. */
function jobsOf(sources: Partial<FleetSources>): Record<string, JobDoubt | 'none'> {
  const { fleet } = joinFleet({ ...nothingRead, ...sources }, emptyMemory());
  const found: Record<string, JobDoubt | 'none'> = {};
  for (const [id, { usedBy }] of fleet.clusters) {
    if (!usedBy.known) continue;
    for (const job of [...usedBy.value.jobs, ...usedBy.value.jobClusters.flatMap((each) => each.job ?? [])])
      found[`${id}: ${job.submissionId}`] = job.doubt ?? 'none';
  }
  return found;
}

const read = (fleet: SmallFleet) => jobsOf(readings(fleet, everything));

describe('which virtual cluster a job runs in', () => {
  test('is certain when its supervisor, the job list and the members agree', () => {
    expect(read(honest)).toEqual({ 'team-a: shared': 'none', 'team-b: own': 'none' });
  });

  test.each(['state', 'summary', 'liveness'] as const)('is certain without %s', (name) => {
    const sources = failing({ ...nothingRead, ...readings(honest, everything) }, [name]);
    expect(jobsOf(sources)).toEqual({ 'team-a: shared': 'none', 'team-b: own': 'none' });
  });

  test('is certain for a job that waits in a cluster of its own, before it has a supervisor', () => {
    const jobs = [{ submissionId: 'own', status: 'PENDING' as const, driverNodeId: null }];
    expect(read({ ...honest, supervisors: [], jobs })).toEqual({ 'team-b: own': 'none' });
  });

  test('is not doubted of a job that has ended', () => {
    const jobs = [{ submissionId: 'own', status: 'SUCCEEDED' as const, driverNodeId: 'gone' }];
    expect(read({ ...honest, supervisors: [], jobs })).toEqual({ 'team-b: own': 'none' });
  });

  test('is unconfirmed for a job that has ended when only a supervisor names it', () => {
    const forged = { submissionId: 'own', nodeId: 'a2', clusterId: 'team-a' };
    const jobs = [{ submissionId: 'own', status: 'FAILED' as const, driverNodeId: null }];
    expect(read({ ...honest, jobClusters: {}, supervisors: [forged], jobs })).toEqual({ 'team-a: own': 'unconfirmed' });
  });

  test('is contested when two supervisors name two, so it belongs to neither', () => {
    const forged = { submissionId: 'own', nodeId: 'a2', clusterId: 'team-a' };
    const expected = { 'team-a: shared': 'none', 'team-a: own': 'contested', 'team-b: own': 'contested' };
    expect(read({ ...honest, supervisors: [shared, own, forged] })).toEqual(expected);
    expect(read({ ...honest, supervisors: [forged, shared, own] })).toEqual(expected);
  });

  test('is contested when a job cluster and a supervisor name two', () => {
    const jobClusters = { ...honest.jobClusters, 'team-b##shared': ['b2'] };
    expect(read({ ...honest, jobClusters })).toEqual({
      'team-a: shared': 'contested',
      'team-b: own': 'none',
      'team-b: shared': 'contested',
    });
  });

  test('is unconfirmed when the job list has the job on another node', () => {
    const forged = { submissionId: 'own', nodeId: 'a2', clusterId: 'team-a' };
    const nowhere = { ...honest, jobClusters: {}, supervisors: [shared, forged] };
    expect(read(nowhere)).toEqual({ 'team-a: shared': 'none', 'team-a: own': 'unconfirmed' });
  });

  test('is unconfirmed when the job list has no such job, or cannot be read', () => {
    const forged = { submissionId: 'nobody', nodeId: 'a2', clusterId: 'team-a' };
    expect(read({ ...honest, supervisors: [forged] })).toMatchObject({ 'team-a: nobody': 'unconfirmed' });
    const sources = failing({ ...nothingRead, ...readings(honest, everything) }, ['jobs']);
    expect(jobsOf(sources)).toEqual({ 'team-a: shared': 'unconfirmed', 'team-b: own': 'unconfirmed' });
  });

  test.each(['f1', 'b2'])('is unconfirmed when it runs on %s, which the named cluster does not hold', (nodeId) => {
    const elsewhere = { submissionId: 'shared', nodeId, clusterId: 'team-a' };
    const jobs = [{ submissionId: 'shared', status: 'RUNNING' as const, driverNodeId: nodeId }];
    expect(read({ ...honest, jobClusters: {}, supervisors: [elsewhere], jobs })).toEqual({
      'team-a: shared': 'unconfirmed',
    });
  });

  test('is unconfirmed for a shared job whose supervisor the job list does not place yet', () => {
    const jobs = [{ submissionId: 'shared', status: 'PENDING' as const, driverNodeId: null }];
    expect(read({ ...honest, jobs })).toMatchObject({ 'team-a: shared': 'unconfirmed' });
  });
});

describe('a job cluster', () => {
  test('is not what the management list has, whatever it is named (fact 12)', () => {
    const named = { ...honest, clusters: { ...honest.clusters, 'team-b##shared': ['f1'] } };
    const withRow = { ...named, jobClusters: { ...honest.jobClusters, 'team-b##shared': ['f1'] } };
    expect(read(named)).toEqual({ 'team-a: shared': 'none', 'team-b: own': 'none' });
    expect(read(withRow)).toEqual({ 'team-a: shared': 'none', 'team-b: own': 'none' });
  });

  test('of a job with ## in its id is one of the cluster before the first ## (fact 22)', () => {
    const jobClusters = { 'team-b##x##shared': ['b1'] };
    const jobs = [{ submissionId: 'x##shared', status: 'RUNNING' as const, driverNodeId: 'b1' }];
    expect(read({ ...honest, jobClusters, supervisors: [], jobs })).toEqual({ 'team-b: x##shared': 'none' });
  });

  const withoutState = (supervisors: readonly Supervisor[]) =>
    joinFleet(
      failing({ ...nothingRead, ...readings({ ...honest, supervisors }, everything) }, ['state']),
      emptyMemory(),
    ).fleet;

  test.each([
    ['of another job', { submissionId: 'forger', nodeId: 'b2', clusterId: 'team-b##own' }],
    ['on a node that its parent does not hold', { submissionId: 'forger', nodeId: 'a2', clusterId: 'team-b##forger' }],
    ['of the primary cluster, on a held node', { submissionId: 'f', nodeId: 'a2', clusterId: 'kPrimaryClusterID##f' }],
  ])('that only a supervisor names is not believed when it is one %s', (_, forged) => {
    const fleet = withoutState([forged]);
    expect(fleet.nodes.get(forged.nodeId)).toMatchObject({ jobClusterId: null });
    expect(fleet.pool.jobClusters).toMatchObject({ value: [] });
    expect(fleet.clusters.get('team-b')?.usedBy).toMatchObject({ value: { jobClusters: [] } });
  });
});
