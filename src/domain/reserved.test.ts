import { describe, expect, test } from 'vitest';
import { known, unknown } from './sourced.ts';
import { emptyMemory, type FleetMemory } from './fleet-memory.ts';
import type { FleetSources } from './fleet-sources.ts';
import { joinFleet } from './join.ts';
import { failing, nothingRead, readings, revision, type SmallFleet } from '../testing/harness/small-fleet.ts';

const everything = ['list', 'liveness', 'state', 'summary', 'actors', 'jobs'] as const;
const nodeFull = unknown('node-full', 'state');

/** `team` is divisible and holds four nodes, of which two are its job's; on one of them the job works. */
const fleet: SmallFleet = {
  nodes: [
    { id: 'j1', template: 't', cpus: 2 },
    { id: 'j2', template: 't' },
    { id: 'i1', template: 't' },
    { id: 'i2', template: 't' },
    { id: 'f1', template: 't' },
    { id: 'p1', template: 't' },
  ],
  clusters: { team: ['j1', 'j2', 'i1', 'i2'] },
  divisible: ['team'],
  jobClusters: { 'team##raysubmit_1': ['j1', 'j2'], 'kPrimaryClusterID##raysubmit_2': ['p1'] },
  supervisors: [{ submissionId: 'raysubmit_1', nodeId: 'j1', clusterId: 'team##raysubmit_1' }],
  jobs: [{ submissionId: 'raysubmit_1', status: 'RUNNING' }],
};

function joined(sources: Partial<FleetSources>, memory: FleetMemory = emptyMemory()) {
  const { fleet: is, memory: next } = joinFleet({ ...nothingRead, ...sources }, memory);
  const use = (id: string) => {
    const found = is.nodes.get(id)?.use;
    return found?.known === true ? found.value : found?.reason;
  };
  return { team: is.clusters.get('team')?.templates[0], use, memory: next };
}

/** All sources but the state API, read anew at a time. */
function withoutState(of: SmallFleet, before: FleetSources, at: number) {
  const others = everything.filter((name) => name !== 'state');
  return failing({ ...before, ...readings(of, others, at) }, ['state'], 'node-full');
}

const first = { ...nothingRead, ...readings(fleet, ['list'], 900), ...readings(fleet, everything.slice(1), 1_000) };
const before = joined(first);

describe('with the state API', () => {
  test('a node of a job cluster on which nothing runs is reserved, not idle', () => {
    expect(before.team).toMatchObject({
      count: 4,
      used: known(1, 'state'),
      reserved: known(1, 'state'),
      idle: known(2, 'state'),
      dead: known(0, 'liveness'),
    });
    expect(['j1', 'j2', 'i1', 'p1', 'f1'].map(before.use)).toEqual(['used', 'reserved', 'idle', 'reserved', 'idle']);
  });

  test('what Ray would take away is what no job cluster holds', () => {
    expect(before.team?.removable).toEqual({ count: 2, atMost: false });
  });

  test('a dead member of a divisible cluster may be one of a job, which Ray keeps: at most (fact 20)', () => {
    const nodes = fleet.nodes.map((node) => (node.id === 'i1' ? { ...node, dead: true } : node));
    const { team } = joined(readings({ ...fleet, nodes }, everything));
    expect(team).toMatchObject({ dead: { value: 1 }, removable: { count: 2, atMost: true } });
  });
});

describe('without the state API (fact 18)', () => {
  test('on the same revision the job clusters are those that it showed last (fact 6)', () => {
    const { team, use } = joined(withoutState(fleet, first, 2_000), before.memory);
    expect(team).toMatchObject({
      used: known(1, 'summary'),
      reserved: known(1, 'summary'),
      idle: known(2, 'summary'),
      removable: { count: 2, atMost: false },
    });
    expect(use('j2')).toBe('reserved');
  });

  test('when the revision moved, a job may hold any of the others: neither reserved nor idle is known', () => {
    const moved = { ...fleet, revisions: { team: revision('1795469080484243999') } };
    const { team, use } = joined(withoutState(moved, first, 2_000), before.memory);
    expect(team).toMatchObject({
      used: known(1, 'summary'),
      reserved: nodeFull,
      idle: nodeFull,
      dead: known(0, 'liveness'),
      removable: { count: 2, atMost: true },
    });
    expect(['j1', 'j2', 'i1'].map(use)).toEqual(['used', 'reserved', 'node-full']);
  });

  test('when the revision moved and the job has no supervisor any more, its nodes may be released: not known', () => {
    const moved = { ...fleet, supervisors: [], revisions: { team: revision('1795469080484243999') } };
    const { team, use } = joined(withoutState(moved, first, 2_000), before.memory);
    expect(use('j2')).toBe('node-full');
    expect(team?.removable).toEqual({ count: 4, atMost: true });
  });

  test('a list that came after the last state reading began proves nothing about that time', () => {
    const late = joined({ ...nothingRead, ...readings(fleet, everything, 1_000), ...readings(fleet, ['list'], 1_100) });
    expect(joined(withoutState(fleet, first, 2_000), late.memory).team).toMatchObject({ reserved: nodeFull });
  });

  test('once a node of the job died, Ray may have given the job an undivided member on the same revision', () => {
    const nodes = fleet.nodes.map((node) => (node.id === 'j2' ? { ...node, dead: true } : node));
    const { team } = joined(withoutState({ ...fleet, nodes }, first, 2_000), before.memory);
    expect(team).toMatchObject({ dead: { value: 1 }, idle: nodeFull, removable: { atMost: true } });
  });

  test('before any state reading, only where something runs is known', () => {
    const { team, use } = joined(withoutState(fleet, nothingRead, 2_000));
    expect(team).toMatchObject({ used: known(1, 'summary'), reserved: nodeFull, idle: nodeFull });
    expect(use('i1')).toBe('node-full');
  });

  test('a node that went over to another cluster is not reserved in it', () => {
    const clusters = { team: ['j1', 'i1', 'i2'], other: ['j2'] };
    const { use, memory } = joined(withoutState({ ...fleet, clusters }, first, 2_000), before.memory);
    expect(use('j2')).toBe('idle');
    expect(memory.knownNodes.get('j2')?.jobClusterId).toBeNull();
  });
});

test('an undivided member of a divisible cluster is idle, whatever is held on it: Ray gives it back', () => {
  const nodes = fleet.nodes.map((node) => (node.id === 'i1' ? { ...node, memory: 1 } : node));
  expect(joined(readings({ ...fleet, nodes }, everything)).team).toMatchObject({
    reserved: { value: 1 },
    idle: { value: 2 },
    removable: { count: 2 },
  });
});

describe('an indivisible cluster', () => {
  const shared: SmallFleet = {
    nodes: [
      { id: 'a', template: 't', cpus: 1 },
      { id: 'b', template: 't' },
      { id: 'c', template: 't' },
      { id: 'd', template: 't', dead: true },
    ],
    clusters: { team: ['a', 'b', 'c', 'd'] },
    supervisors: [{ submissionId: 'raysubmit_1', nodeId: 'b', clusterId: 'team' }],
  };

  test('reserves nothing; Ray keeps only nodes with something used, not that of a supervisor (fact 25)', () => {
    expect(joined(readings(shared, everything)).team).toMatchObject({
      used: { value: 2 },
      reserved: { value: 0 },
      idle: { value: 1 },
      dead: { value: 1 },
      removable: { count: 3, atMost: false },
    });
  });

  test('keeps a node on which a job holds only memory or objects: reserved (fact 31)', () => {
    const nodes = shared.nodes.map((node) => (node.id === 'c' ? { ...node, memory: 1 } : node));
    expect(joined(readings({ ...shared, nodes }, everything)).team).toMatchObject({
      used: { value: 2 },
      reserved: { value: 1 },
      idle: { value: 0 },
      removable: { count: 2, atMost: false },
    });
  });

  test('where nothing tells what is used, Ray may keep any of the alive', () => {
    const sources = failing({ ...nothingRead, ...readings(shared, everything) }, ['state', 'summary'], 'failed');
    expect(joined(sources).team).toMatchObject({
      used: unknown('failed', 'summary'),
      idle: unknown('failed', 'summary'),
      removable: { count: 4, atMost: true },
    });
  });
});
