import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fleet, FleetNode, VirtualCluster } from './fleet.ts';
import { NO_REVISION } from './revision.ts';
import { known, unknown } from './sourced.ts';
import { createUsageSampling } from './usage-sample.ts';

type World = readonly { readonly id: string; readonly clusterId: string | null; readonly cpus: number | null }[];

function nodeOf({ id, clusterId, cpus }: World[number]): FleetNode {
  return {
    id,
    hostname: null,
    templateId: 'cpu',
    clusterId,
    jobClusterId: null,
    state: 'alive',
    isHead: false,
    usage:
      cpus === null
        ? unknown('not-offered', 'state')
        : known({ cpu: { used: cpus, total: 4 }, gpu: null, memory: null, objectStore: null }, 'state'),
    use: known('used', 'state'),
  };
}

function clusterOf(id: string, count: number): VirtualCluster {
  const zero = known(0, 'state');
  return {
    id,
    divisible: false,
    revision: NO_REVISION,
    templates: [
      {
        templateId: 'cpu',
        count,
        used: known(count, 'state'),
        reserved: zero,
        idle: zero,
        dead: zero,
        removable: { count, atMost: false },
      },
    ],
    usedBy: known({ jobs: [], jobClusters: [] }, 'state'),
  };
}

/** As a join does it: what is the same as before is the same object. */
function createWorldReader(): (world: World) => Fleet {
  let nodes = new Map<string, { readonly as: World[number]; readonly node: FleetNode }>();
  let clusters = new Map<string, VirtualCluster>();
  return (world) => {
    const nextNodes: typeof nodes = new Map();
    const counts = new Map<string, number>();
    for (const as of world) {
      const before = nodes.get(as.id);
      nextNodes.set(
        as.id,
        before?.as.clusterId === as.clusterId && before.as.cpus === as.cpus ? before : { as, node: nodeOf(as) },
      );
      if (as.clusterId !== null) counts.set(as.clusterId, (counts.get(as.clusterId) ?? 0) + 1);
    }
    const nextClusters: typeof clusters = new Map();
    for (const [id, count] of counts) {
      const before = clusters.get(id);
      nextClusters.set(id, before?.templates[0]?.count === count ? before : clusterOf(id, count));
    }
    nodes = nextNodes;
    clusters = nextClusters;
    return {
      clusters,
      nodes: new Map([...nodes].map(([id, { node }]) => [id, node])),
      pool: { templates: [], jobClusters: known([], 'state') },
    };
  };
}

/** CPUs with a rest that floating point sums don't take back. */
const cpus = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 10),
);
const world = (most: number) =>
  fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 999 }).map((n) => `n${String(n)}`),
      clusterId: fc.constantFrom('team-a', 'team-b', 'team-c', null),
      cpus,
    }),
    { selector: ({ id }) => id, maxLength: most },
  );

describe('usage samples', () => {
  it('say the same whatever was sampled before', () => {
    fc.assert(
      fc.property(fc.array(world(12), { minLength: 2, maxLength: 6 }), world(200), (worlds, many) => {
        const read = createWorldReader();
        const sampleOf = createUsageSampling();
        // Some of many nodes go, and all come back: more than are looked for in one go.
        for (const each of [...worlds, many, many.slice(100), many.slice(0, 20), many.toReversed()]) {
          const fleet = read(each);
          expect(sampleOf(fleet, 0)).toEqual(createUsageSampling()(fleet, 0));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sum up the CPUs of alive nodes, and do not know them where they don’t know one', () => {
    const read = createWorldReader();
    const sampleOf = createUsageSampling();
    const loadOf = (cpusOfSecond: number | null) => {
      const fleet = read([
        { id: 'n1', clusterId: 'team-a', cpus: 0.1 },
        { id: 'n2', clusterId: 'team-a', cpus: cpusOfSecond },
        { id: 'n3', clusterId: null, cpus: 4 },
      ]);
      return sampleOf(fleet, 0).clusters.get('team-a')?.load;
    };
    expect(loadOf(0.2)).toMatchObject({ cpuUsed: 0.3, cpuTotal: 8, gpuUsed: 0, gpuTotal: 0, jobs: 0 });
    expect(loadOf(null)).toMatchObject({ cpuUsed: null, cpuTotal: null, gpuUsed: null });
    expect(loadOf(0.7)).toMatchObject({ cpuUsed: 0.8, cpuTotal: 8 });
  });

  it('keep the object of a virtual cluster in which nothing changed', () => {
    const read = createWorldReader();
    const sampleOf = createUsageSampling();
    const clustersWith = (cpusOfB: number) =>
      sampleOf(
        read([
          { id: 'n1', clusterId: 'team-a', cpus: 1 },
          { id: 'n2', clusterId: 'team-b', cpus: cpusOfB },
        ]),
        0,
      ).clusters;
    const [before, after] = [clustersWith(1), clustersWith(2)];
    expect(after.get('team-a')).toBe(before.get('team-a'));
    expect(after.get('team-b')).not.toBe(before.get('team-b'));
    expect(after.get('team-b')?.load.cpuUsed).toBe(2);
  });
});
