import { DAY, type UsageStore } from '../src/backend/usage/usage-store.ts';
import type { Fleet, FleetNode, TemplateNodes } from '../src/domain/fleet.ts';
import { NO_REVISION } from '../src/domain/revision.ts';
import { known } from '../src/domain/sourced.ts';
import type { NodeUsage, UsageSample } from '../src/domain/usage-sample.ts';

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

/** Virtual clusters of 10 templates, with 9 nodes of each. */
export function createUsageWorld({ clusters: clusterCount, nodes: nodeCount }: UsageSize) {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const counts = Array.from({ length: clusterCount * TEMPLATES }, (): NodeUsage => ({
    held: 9,
    used: 3,
    reserved: 0,
    idle: 6,
    dead: 0,
  }));
  const templateOf = (i: number) => `template-${String(i % TEMPLATES)}`;
  const load = { jobs: 2, cpuUsed: 20, cpuTotal: 360, gpuUsed: 0, gpuTotal: 0 };
  return {
    move() {
      for (let n = 0; n < counts.length * MOVING; n++) {
        const used = Math.floor(random() * 8);
        const reserved = random() < 0.2 ? 1 : 0;
        counts[Math.floor(random() * counts.length)] = { held: 9, used, reserved, idle: 9 - used - reserved, dead: 0 };
      }
    },
    sample(at: number): UsageSample {
      const clusters = new Map<string, { templates: Map<string, NodeUsage>; load: typeof load }>();
      counts.forEach((nodes, i) => {
        const id = idOf(Math.floor(i / TEMPLATES));
        const own = clusters.get(id) ?? { templates: new Map<string, NodeUsage>(), load };
        clusters.set(id, own);
        own.templates.set(templateOf(i), nodes);
      });
      return { at, clusters, free: new Map(Array.from({ length: TEMPLATES }, (_, i) => [templateOf(i), 100])) };
    },
    fleet(): Fleet {
      const nodes = new Map<string, FleetNode>();
      const ids = Array.from({ length: clusterCount }, (_, c) => idOf(c));
      // By virtual cluster, as a join lists them.
      for (let i = 0; i < nodeCount; i++)
        nodes.set(`node-${String(i)}`, {
          id: `node-${String(i)}`,
          hostname: null,
          templateId: templateOf(i),
          clusterId: ids[Math.floor((i * clusterCount) / nodeCount)] ?? null,
          jobClusterId: null,
          state: 'alive',
          isHead: false,
          usage: known({ cpu: { used: i % 5, total: 4 }, gpu: null, memory: null, objectStore: null }, 'state'),
          use: known('used', 'state'),
        });
      const clusters = new Map(
        Array.from({ length: clusterCount }, (_, c) => {
          const templates = Array.from({ length: TEMPLATES }, (__, t): TemplateNodes => {
            const of = (value: number) => known(value, 'state');
            return {
              templateId: templateOf(t),
              count: 9,
              used: of(3),
              reserved: of(0),
              idle: of(6),
              dead: of(0),
              removable: { count: 6, atMost: false },
            };
          });
          return [
            idOf(c),
            {
              id: idOf(c),
              divisible: false,
              revision: NO_REVISION,
              templates,
              usedBy: known({ jobs: [], jobClusters: [] }, 'state'),
            },
          ] as const;
        }),
      );
      return { clusters, nodes, pool: { templates: [], jobClusters: known([], 'state') } };
    },
  };
}
