import { DAY, type UsageStore } from '../src/backend/usage/usage-store.ts';
import type { Fleet, FleetNode, FreeTemplate, TemplateNodes, VirtualCluster } from '../src/domain/fleet.ts';
import { NO_REVISION } from '../src/domain/revision.ts';
import { known } from '../src/domain/sourced.ts';

export const TEMPLATES = 10;

/** How large a fleet is. */
export interface UsageSize {
  readonly clusters: number;
  readonly nodes: number;
}

export const usageSizes = {
  whole: { clusters: 1_000, nodes: 100_000 },
  quick: { clusters: 50, nodes: 5_000 },
} as const satisfies Record<string, UsageSize>;

/** The share of the series that moves each minute of a working day's ten hours. */
const MOVING = 0.05;

/** Puts as many days before the first as are missing, each with the content of one that was recorded. */
export function fillUsage(store: UsageStore, clusterCount: number, first: number, days: number): void {
  const clusters = [null, ...Array.from({ length: clusterCount }, (_, i) => idOf(i))];
  const contents = [first, first + DAY].map((day) => ({
    totals: store.day(day) ?? new Uint8Array(1),
    blocks: new Map(clusters.map((id) => [id, store.block(day, id) ?? new Uint8Array(1)])),
  }));
  for (let n = 1; n <= days - 2; n++) {
    const content = contents[n % 7 < 2 ? 0 : 1];
    if (content === undefined) continue;
    store.putBlocks(first - n * DAY, content.blocks);
    store.putDay(first - n * DAY, content.totals);
  }
}

export const idOf = (i: number) => `team-${String(i).padStart(4, '0')}`;

/** The nodes of a template in a virtual cluster. */
const HELD = 9;

/**
 * Virtual clusters of 10 templates, with 9 nodes of each. As in a join, what doesn't change keeps object identity: `move` replaces the
 * virtual clusters and nodes that it moves.
 */
export function createUsageWorld({ clusters: clusterCount, nodes: nodeCount }: UsageSize) {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const nodes = new Map<string, FleetNode>();
  const clusters = new Map<string, VirtualCluster>();
  const templateOf = (t: number) => `template-${String(t)}`;
  const nodeOf = (c: number, t: number, n: number) => `node-${String((c * TEMPLATES + t) * HELD + n)}`;
  const of = (value: number) => known(value, 'state');

  function putNode(id: string, clusterId: string | null, templateId: string, cpus: number, isUsed = cpus > 0): void {
    nodes.set(id, {
      id,
      hostname: null,
      templateId,
      clusterId,
      jobClusterId: null,
      state: 'alive',
      isHead: false,
      usage: known({ cpu: { used: cpus, total: 4 }, gpu: null, memory: null, objectStore: null }, 'state'),
      use: known(isUsed ? 'used' : 'idle', 'state'),
    });
  }

  function cpusOf(id: string): number {
    const usage = nodes.get(id)?.usage;
    return usage?.known === true ? (usage.value.cpu?.used ?? 0) : 0;
  }

  function counts(t: number, used: number, reserved: number): TemplateNodes {
    const idle = HELD - used - reserved;
    return {
      templateId: templateOf(t),
      count: HELD,
      used: of(used),
      reserved: of(reserved),
      idle: of(idle),
      dead: of(0),
      removable: { count: idle, atMost: false },
    };
  }

  for (let c = 0; c < clusterCount; c++) {
    const id = idOf(c);
    const templates = Array.from({ length: TEMPLATES }, (_, t) => counts(t, 3, 0));
    const usedBy = known({ jobs: [], jobClusters: [] }, 'state');
    clusters.set(id, { id, divisible: false, revision: NO_REVISION, templates, usedBy });
    for (let t = 0; t < TEMPLATES; t++)
      for (let n = 0; n < HELD; n++) putNode(nodeOf(c, t, n), id, templateOf(t), n < 3 ? 1 + (n % 4) : 0);
  }
  while (nodes.size < nodeCount) putNode(`free-${String(nodes.size)}`, null, templateOf(nodes.size % TEMPLATES), 0);
  const free = Array.from({ length: TEMPLATES }, (_, t): FreeTemplate => ({
    templateId: templateOf(t),
    free: known({ count: 1_000, atMost: false }, 'state'),
    alive: of(clusterCount * HELD + 1_000),
    isHeadTemplate: false,
  }));
  const fleet: Fleet = { clusters, nodes, pool: { templates: free, jobClusters: known([], 'state') } };
  return {
    fleet,
    move() {
      for (let i = 0; i < clusterCount * TEMPLATES * MOVING; i++) {
        const c = Math.floor(random() * clusterCount);
        const t = Math.floor(random() * TEMPLATES);
        const used = Math.floor(random() * 8);
        const reserved = random() < 0.2 ? 1 : 0;
        const id = idOf(c);
        const cluster = clusters.get(id);
        if (cluster === undefined) continue;
        clusters.set(id, { ...cluster, templates: cluster.templates.with(t, counts(t, used, reserved)) });
        for (let n = 0; n < HELD; n++) putNode(nodeOf(c, t, n), id, templateOf(t), cpusOf(nodeOf(c, t, n)), n < used);
      }
      // Of the CPUs as many series move, and not those of each virtual cluster whose counts do.
      for (let i = 0; i < clusterCount * MOVING; i++) {
        const c = Math.floor(random() * clusterCount);
        putNode(nodeOf(c, 0, 0), idOf(c), templateOf(0), Math.floor(random() * 5));
      }
    },
  };
}
