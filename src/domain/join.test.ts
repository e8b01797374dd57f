import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown } from './sourced.ts';
import { emptyMemory, forgetCluster, type FleetMemory } from './fleet-memory.ts';
import type { FleetSources } from './fleet-sources.ts';
import { joinFleet } from './join.ts';
import type { LiveNode } from './sources.ts';
import { failing, nothingRead, readings, type SmallFleet } from '../testing/harness/small-fleet.ts';

const everything = ['list', 'liveness', 'state', 'summary', 'actors', 'jobs'] as const;

function join(sources: Partial<FleetSources>, memory: FleetMemory = emptyMemory()) {
  return joinFleet({ ...nothingRead, ...sources }, memory);
}

const small: SmallFleet = {
  nodes: [
    { id: 'h', template: 'head', head: true },
    { id: 'a1', template: '4c8g' },
    { id: 'a2', template: '4c8g', cpus: 2 },
    { id: 'a3', template: '4c8g', dead: true },
    { id: 'a4', template: '16c32g' },
    { id: 't1', template: '8c16g' },
    { id: 't2', template: '8c16g' },
    { id: 'f1', template: '4c8g' },
    { id: 'p1', template: '8c16g' },
  ],
  clusters: { batch: ['a1', 'a2', 'a3', 'a4'], team: ['t1', 't2'] },
  divisible: ['team'],
  jobClusters: { 'team##raysubmit_1': ['t1'], 'kPrimaryClusterID##raysubmit_3': ['p1'] },
  supervisors: [
    { submissionId: 'raysubmit_1', nodeId: 't1', clusterId: 'team##raysubmit_1' },
    { submissionId: 'raysubmit_2', nodeId: 'a1', clusterId: 'batch' },
  ],
  jobs: [
    { submissionId: 'raysubmit_1', status: 'RUNNING' },
    { submissionId: 'raysubmit_2', status: 'RUNNING' },
    { submissionId: 'raysubmit_3', status: 'SUCCEEDED' },
  ],
};

describe('with every source', () => {
  const { fleet } = join(readings(small, everything));

  test('members count, the dead included, by template in the order people read', () => {
    expect(fleet.clusters.get('batch')?.templates).toMatchObject([
      { templateId: '4c8g', count: 3, dead: { value: 1 }, used: { value: 2 }, idle: { value: 0 } },
      { templateId: '16c32g', count: 1, dead: { value: 0 }, used: { value: 0 }, idle: { value: 1 } },
    ]);
  });

  test('a node that hosts a supervisor is used, though it uses no CPU (fact 24)', () => {
    expect(fleet.nodes.get('a1')).toMatchObject({
      use: known('used', 'actors'),
      usage: { value: { cpu: { used: 0 } } },
      clusterId: 'batch',
    });
  });

  test('jobs share an indivisible cluster; in a divisible one they have clusters of their own', () => {
    expect(fleet.clusters.get('batch')?.usedBy).toMatchObject({
      value: {
        jobClusters: [],
        jobs: [{ submissionId: 'raysubmit_2', supervisorNodeId: 'a1', status: { value: 'RUNNING' } }],
      },
    });
    expect(fleet.clusters.get('team')?.usedBy).toMatchObject({
      value: {
        jobs: [],
        jobClusters: [
          {
            id: 'team##raysubmit_1',
            nodes: { value: [{ templateId: '8c16g', count: 1 }] },
            leftover: { value: false },
            lastSeenAt: null,
          },
        ],
      },
    });
  });

  test("the primary cluster's job clusters are the pool's; one whose job ended is left over (facts 22, 23)", () => {
    expect(fleet.pool.jobClusters).toMatchObject({
      value: [{ id: 'kPrimaryClusterID##raysubmit_3', leftover: { value: true } }],
    });
    expect(fleet.nodes.get('p1')).toMatchObject({ clusterId: null, jobClusterId: 'kPrimaryClusterID##raysubmit_3' });
  });
});

describe('without the state API (fact 18)', () => {
  const before = join(readings(small, everything));
  const down = failing({ ...nothingRead, ...readings(small, everything, 2_000) }, ['state'], 'node-full');

  test('usage comes from the summary; nothing else is lost', () => {
    const { fleet } = joinFleet(down, before.memory);
    expect(fleet.clusters.get('batch')?.templates[0]).toMatchObject({
      dead: { value: 1, source: 'liveness' },
      used: { value: 2, source: 'summary' },
    });
    expect(fleet.nodes.get('a2')?.usage).toMatchObject({ known: true, source: 'summary' });
  });

  test('a job cluster that was seen stays with its age, its nodes unknown; a supervisor tells that one is there now', () => {
    const { fleet } = joinFleet(down, before.memory);
    expect(fleet.pool.jobClusters).toMatchObject({
      value: [{ submissionId: 'raysubmit_3', lastSeenAt: 1_000, nodes: unknown('node-full', 'state') }],
    });
    expect(fleet.clusters.get('team')?.usedBy).toMatchObject({
      value: { jobClusters: [{ submissionId: 'raysubmit_1', lastSeenAt: null }] },
    });
  });

  test('a job cluster that nobody saw before is known by its supervisor', () => {
    const { fleet } = joinFleet(down, emptyMemory());
    expect(fleet.clusters.get('team')?.usedBy).toMatchObject({
      known: true,
      source: 'actors',
      value: { jobClusters: [{ id: 'team##raysubmit_1' }] },
    });
    expect(fleet.nodes.get('t1')?.jobClusterId).toBe('team##raysubmit_1');
  });

  test("a dead member that Ray replaced is in no cluster, though the state API last showed it in a job's (fact 21)", () => {
    const before = join(readings(small, everything));
    const replaced: SmallFleet = {
      ...small,
      nodes: small.nodes.map((node) => (node.id === 't1' ? { ...node, dead: true } : node)),
      clusters: { ...small.clusters, team: ['f1', 't2'] },
    };
    const sources = failing(
      { ...nothingRead, ...readings(small, everything), ...readings(replaced, ['list', 'liveness', 'actors'], 2_000) },
      ['state'],
    );
    const { fleet } = join(sources, before.memory);
    expect(fleet.nodes.get('t1')).toMatchObject({ state: 'dead', clusterId: null, jobClusterId: null });
    expect(fleet.nodes.get('p1')?.jobClusterId).toBe('kPrimaryClusterID##raysubmit_3');
  });

  test('a job cluster of a parent that is not listed is forgotten', () => {
    const gone = { ...down, ...readings({ ...small, clusters: {}, supervisors: [] }, ['list', 'actors'], 3_000) };
    const { memory } = joinFleet(gone, before.memory);
    expect([...memory.jobClusters.keys()]).toEqual(['kPrimaryClusterID##raysubmit_3']);
  });

  test('with actors down too, who uses an indivisible cluster is unknown; a divisible one shows what was seen', () => {
    const { fleet } = joinFleet(failing(down, ['actors'], 'timed-out'), before.memory);
    expect(fleet.clusters.get('batch')?.usedBy).toEqual(unknown('timed-out', 'actors'));
    expect(fleet.clusters.get('team')?.usedBy).toMatchObject({ value: { jobClusters: [{ lastSeenAt: 1_000 }] } });
  });

  test("without the jobs' list a job's status is unknown, and so is whether its cluster is left over", () => {
    const { fleet } = joinFleet(failing(down, ['jobs'], 'timed-out'), before.memory);
    expect(fleet.pool.jobClusters).toMatchObject({ value: [{ leftover: unknown('timed-out', 'jobs') }] });
  });
});

test('with the state API alone who uses a divisible cluster is known, and an indivisible one is not', () => {
  const { fleet } = join(readings(small, ['list', 'state']));
  expect(fleet.clusters.get('team')?.usedBy).toMatchObject({ known: true, source: 'state' });
  expect(fleet.clusters.get('batch')?.usedBy).toEqual(unknown('not-read-yet', 'actors'));
});

describe('what is learned of a node is kept', () => {
  test("its template, host and being the head outlive their sources' failure", () => {
    const before = join(readings(small, everything));
    const sources = failing({ ...nothingRead, ...readings(small, everything, 2_000) }, [
      'summary',
      'state',
      'liveness',
    ]);
    const again = joinFleet(sources, before.memory);
    const back = joinFleet({ ...sources, ...readings(small, ['liveness'], 3_000) }, again.memory);
    expect(back.fleet.nodes.get('f1')).toMatchObject({ templateId: '4c8g', hostname: 'host-f1' });
    const byState = join(readings(small, ['state'], 4_000), back.memory);
    expect(byState.fleet.nodes.get('h')).toMatchObject({ isHead: true, templateId: 'head' });
  });

  test('nothing is kept of a node that no reading has any more', () => {
    const { memory } = join(readings(small, everything));
    const later = join(
      readings({ ...small, nodes: small.nodes.slice(0, 3), jobClusters: {} }, everything, 2_000),
      memory,
    );
    expect([...later.memory.knownNodes.keys()].toSorted()).toEqual(['a1', 'a2', 'h']);
  });
});

describe('a member that the readings of all nodes leave out', () => {
  const fleet: SmallFleet = {
    nodes: [
      { id: 'n', template: 't' },
      { id: 'm', template: 't' },
    ],
    clusters: { vc: ['n', 'm'] },
  };
  const without: SmallFleet = { ...fleet, nodes: fleet.nodes.slice(1) };
  const list = readings(fleet, ['list'], 1_000);
  const stateOfN = (sources: Partial<FleetSources>, memory: FleetMemory) => {
    const joined = join({ ...list, ...sources }, memory);
    return [joined.fleet.nodes.get('n')?.state, joined.memory] as const;
  };
  const liveness = (at: number, of = without) => readings(of, ['liveness'], at);

  test('is unknown after one, dead after two that began after the list arrived', () => {
    const [first, memory] = stateOfN(liveness(2_000), emptyMemory());
    const [second, later] = stateOfN(liveness(3_000), memory);
    expect([first, second]).toEqual(['unknown', 'dead']);
    expect(join({ ...list, ...liveness(3_000) }, later).fleet.clusters.get('vc')?.templates[0]?.dead).toEqual(
      known(1, 'liveness'),
    );
  });

  test('one reading joined twice is one, and one that began before the list arrived is none', () => {
    const [, once] = stateOfN(liveness(2_000), emptyMemory());
    expect(stateOfN(liveness(2_000), once)[0]).toBe('unknown');
    const [, early] = stateOfN(liveness(900), emptyMemory());
    const [, one] = stateOfN(liveness(2_000), early);
    expect(stateOfN(liveness(2_000), one)[0]).toBe('unknown');
    expect(stateOfN(liveness(3_000), one)[0]).toBe('dead');
  });

  test('lives again when one has it, and starts anew', () => {
    const [, one] = stateOfN(liveness(2_000), emptyMemory());
    const [alive, back] = stateOfN(liveness(3_000, fleet), one);
    expect(alive).toBe('alive');
    expect(stateOfN(liveness(4_000), back)[0]).toBe('unknown');
  });

  test('a reading that failed, cut at 10,000 rows too, kills nobody (fact 17)', () => {
    let memory = emptyMemory();
    for (const at of [2_000, 3_000, 4_000]) {
      const sources = failing({ ...nothingRead, ...list, ...liveness(at) }, ['liveness'], 'truncated');
      const joined = joinFleet(sources, memory);
      memory = joined.memory;
      expect(joined.fleet.nodes.get('n')?.state).toBe('unknown');
      expect(joined.fleet.clusters.get('vc')?.templates[0]?.dead).toEqual(unknown('truncated', 'liveness'));
    }
  });

  test('past those rows the state API tells: dead nodes leave it (fact 20)', () => {
    const of = (at: number) =>
      failing({ ...nothingRead, ...list, ...readings(without, ['state'], at) }, ['liveness'], 'truncated');
    const { memory } = joinFleet(of(2_000), emptyMemory());
    const { fleet: joined } = joinFleet(of(3_000), memory);
    expect(joined.clusters.get('vc')?.templates[0]?.dead).toEqual(known(1, 'state'));
  });

  test('a node is never called dead that lives, whatever order the readings come in', () => {
    const step = fc.record({
      kind: fc.constantFrom('begin-list', 'end-list', 'begin-liveness', 'end-liveness', 'new', 'die'),
      n: fc.nat(3),
    });
    const never = () =>
      fc.assert(
        fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
          // Ray as it is: nodes that live, all of them members; a dead one is remembered by the list alone.
          const alive = new Set<string>();
          const members = new Set<string>();
          const lists: { begunAt: number; clusters: Partial<FleetSources> }[] = [];
          const nodes: { begunAt: number; ids: string[] }[] = [];
          let sources: FleetSources = nothingRead;
          let memory = emptyMemory();
          let last = 0;
          const wrong: string[] = [];
          steps.forEach(({ kind, n }, time) => {
            if (kind === 'new') {
              last += 1;
              alive.add(`n${String(last)}`);
              members.add(`n${String(last)}`);
            } else if (kind === 'die') {
              for (const id of [...alive].slice(n, n + 1)) alive.delete(id);
            } else if (kind === 'begin-list' && lists.length === 0) {
              const listed = {
                nodes: [...members].map((id) => ({ id, template: 't' })),
                clusters: { vc: [...members] },
              };
              lists.push({ begunAt: time, clusters: readings(listed, ['list']) });
            } else if (kind === 'begin-liveness' && nodes.length === 0) {
              nodes.push({ begunAt: time, ids: [...alive] });
            } else if (kind === 'end-list') {
              const [read] = lists.splice(0);
              const reading = read?.clusters.list?.last;
              if (read && reading)
                sources = {
                  ...sources,
                  list: { last: { ...reading, begunAt: read.begunAt, arrivedAt: time }, failure: null },
                };
            } else if (kind === 'end-liveness') {
              const [read] = nodes.splice(0);
              const node: LiveNode = { state: 'alive', isHead: false, diedAt: null, message: null };
              const value = new Map(read?.ids.map((nodeId) => [nodeId, node]));
              if (read)
                sources = {
                  ...sources,
                  liveness: { last: { value, begunAt: read.begunAt, arrivedAt: time }, failure: null },
                };
            }
            const joined = joinFleet(sources, memory);
            memory = joined.memory;
            for (const node of joined.fleet.nodes.values())
              if (node.state === 'dead' && alive.has(node.id)) wrong.push(node.id);
          });
          return wrong.length === 0;
        }),
        { numRuns: 300 },
      );
    expect(never).not.toThrow();
  });
});

describe('a job cluster that a write said is gone', () => {
  const before = join(readings(small, everything));
  const ids = (memory: FleetMemory) => [...memory.jobClusters.keys()].toSorted();

  test('goes at once, whatever the readings begun before say, with the state API or without', () => {
    const memory = forgetCluster(before.memory, 'team##raysubmit_1', 2_000);
    expect(ids(join(readings(small, everything), memory).memory)).toEqual(['kPrimaryClusterID##raysubmit_3']);
    const down = failing({ ...nothingRead, ...readings(small, everything) }, ['state']);
    expect(ids(joinFleet(down, memory).memory)).toEqual(['kPrimaryClusterID##raysubmit_3']);
  });

  test('goes with its parent', () => {
    const memory = forgetCluster(before.memory, 'team', 2_000);
    expect(ids(join(readings(small, everything), memory).memory)).toEqual(['kPrimaryClusterID##raysubmit_3']);
  });

  test('is believed to be there when a reading begun after shows it', () => {
    const memory = forgetCluster(before.memory, 'team##raysubmit_1', 2_000);
    const after = join(readings(small, everything, 3_000), memory);
    expect(ids(after.memory)).toContain('team##raysubmit_1');
    expect(after.memory.removed.size).toBe(0);
  });

  test('so many are remembered, and no more', () => {
    let memory = before.memory;
    for (let n = 0; n < 1_500; n++) memory = forgetCluster(memory, `team##${String(n)}`, 2_000);
    expect(memory.removed.size).toBe(1_000);
    expect(memory.removed.has('team##1499')).toBe(true);
  });
});

/** A fleet in which nothing moves, with any of its sources failing in any order: what is known is what is. */
test('whatever fails and comes back, nothing that is known is wrong', () => {
  const node = fc.record({
    template: fc.constantFrom('4c8g', '8c16g'),
    dead: fc.boolean(),
    cpus: fc.nat(4),
    home: fc.constantFrom('free', 'batch', 'team', 'team##j1', 'kPrimaryClusterID##j2'),
  });
  const failures = fc.array(fc.subarray([...everything]), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(node, { maxLength: 12 }), failures, (drawn, rounds) => {
      const nodes = drawn.map((each, index) => ({ ...each, id: `n${String(index)}` }));
      const of = (...homes: string[]) => nodes.filter(({ home }) => homes.includes(home)).map(({ id }) => id);
      const fleet: SmallFleet = {
        nodes: [...nodes, { id: 'h', template: 'head', head: true }],
        clusters: { batch: of('batch'), team: of('team', 'team##j1') },
        divisible: ['team'],
        jobClusters: { 'team##j1': of('team##j1'), 'kPrimaryClusterID##j2': of('kPrimaryClusterID##j2') },
        supervisors: [],
      };
      let memory = emptyMemory();
      let sources = nothingRead;
      rounds.forEach((down, round) => {
        const good = everything.filter((name) => !down.includes(name));
        sources = failing({ ...sources, ...readings(fleet, good, 1_000 * (round + 1)) }, down);
        const joined = joinFleet(sources, memory);
        memory = joined.memory;
        for (const { id, templates } of joined.fleet.clusters.values()) {
          for (const { templateId, count, used, reserved, idle, dead, removable } of templates) {
            const mine = nodes.filter((each) => fleet.clusters[id]?.includes(each.id) && each.template === templateId);
            const alive = mine.filter((each) => !each.dead);
            expect(count).toBe(mine.length);
            if (dead.known) expect(dead.value).toBe(mine.length - alive.length);
            const resting = alive.filter((each) => each.cpus === 0);
            const isReserved = (each: { readonly home: string }) => each.home === 'team##j1';
            if (used.known) expect(used.value).toBe(alive.length - resting.length);
            if (reserved.known) expect(reserved.value).toBe(resting.filter(isReserved).length);
            if (idle.known) expect(idle.value).toBe(resting.filter((each) => !isReserved(each)).length);
            if (used.known && reserved.known && idle.known && dead.known)
              expect(used.value + reserved.value + idle.value + dead.value).toBe(count);
            const kept = mine.filter((each) => (id === 'team' ? isReserved(each) : !each.dead && each.cpus > 0));
            const most = mine.length - kept.length;
            if (removable.atMost) expect(removable.count).toBeGreaterThanOrEqual(most);
            else expect(removable.count).toBe(most);
          }
        }
        for (const { templateId, free, alive, isHeadTemplate } of joined.fleet.pool.templates) {
          if (templateId === 'head') continue;
          const really = nodes.filter((each) => each.template === templateId && !each.dead);
          const pool = really.filter(({ home }) => home === 'free').length;
          expect(isHeadTemplate).toBe(false);
          if (alive.known) expect(alive.value).toBe(really.length);
          if (!free.known) continue;
          if (free.value.atMost) expect(free.value.count).toBeGreaterThanOrEqual(pool);
          else expect(free.value.count).toBe(pool);
        }
      });
    }),
    { numRuns: 500 },
  );
});

describe('what is the same again', () => {
  const first = join(readings(small, everything));

  test('is the same object again, though every reading is another', () => {
    const again = join(readings(small, everything, 2_000), first.memory).fleet;
    expect(again.nodes).toBe(first.fleet.nodes);
    expect(again.pool).toBe(first.fleet.pool);
    for (const [id, cluster] of first.fleet.clusters) expect(again.clusters.get(id)).toBe(cluster);
  });

  test('where one node differs, it alone and its cluster do', () => {
    const nodes = small.nodes.map((node) => (node.id === 't2' ? { ...node, cpus: 3 } : node));
    const { fleet } = join(readings({ ...small, nodes }, everything, 2_000), first.memory);
    const moved = [...fleet.nodes].filter(([id, node]) => node !== first.fleet.nodes.get(id)).map(([id]) => id);
    expect(moved).toEqual(['t2']);
    expect(fleet.nodes.get('t2')).toMatchObject({ use: { value: 'used' }, usage: { value: { cpu: { used: 3 } } } });
    expect(
      [...fleet.clusters].filter(([id, cluster]) => cluster !== first.fleet.clusters.get(id)).map(([id]) => id),
    ).toEqual(['team']);
  });

  test('whatever was before, the fleet is what it is without it', () => {
    const source = fc.constantFrom(...everything);
    const fleets = fc.record({
      dead: fc.subarray(['a1', 't1', 'f1']),
      used: fc.subarray(['a2', 't2', 'f1']),
      members: fc.subarray(['a1', 'a2', 'a3', 'a4', 'f1']),
      down: fc.uniqueArray(source, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(fleets, { minLength: 2, maxLength: 5 }), (steps) => {
        let { memory } = first;
        steps.forEach(({ dead, used, members, down }, index) => {
          const nodes = small.nodes.map((node) => ({
            ...node,
            dead: dead.includes(node.id),
            cpus: used.includes(node.id) ? 1 : 0,
          }));
          const now = { ...small, nodes, clusters: { ...small.clusters, batch: members } };
          const sources = failing({ ...nothingRead, ...readings(now, everything, 2_000 + index) }, down);
          const joined = joinFleet(sources, memory);
          const afresh = joinFleet(sources, { ...memory, fleet: null, knownNodes: copied(memory.knownNodes) });
          expect(joined.fleet).toEqual(afresh.fleet);
          memory = joined.memory;
        });
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  /** Nodes of which only what is learned for good is left. */
  function copied(learned: FleetMemory['knownNodes']): FleetMemory['knownNodes'] {
    return new Map(
      [...learned].map(([id, node]) => [
        id,
        { ...node, clusterId: 'other', jobClusterId: 'other', usage: unknown('failed', 'list') },
      ]),
    );
  }
});
