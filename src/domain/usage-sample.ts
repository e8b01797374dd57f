import { createClusterResources, type Resources } from './cluster-resources.ts';
import type { Fleet, VirtualCluster } from './fleet.ts';
import type { Recalled } from './sourced.ts';

export const MINUTE = 60_000;

/** One template's nodes; null: unknown. When all are known, held = used + reserved + idle + dead. */
export interface NodeUsage {
  readonly held: number;
  readonly used: number | null;
  readonly reserved: number | null;
  readonly idle: number | null;
  readonly dead: number | null;
}

/** What runs in a virtual cluster, and the CPUs and GPUs of its alive nodes; null: unknown. */
export interface Load {
  readonly jobs: number | null;
  readonly cpuUsed: number | null;
  readonly cpuTotal: number | null;
  readonly gpuUsed: number | null;
  readonly gpuTotal: number | null;
}

/** One virtual cluster's usage at one time. */
export interface ClusterUsage {
  readonly templates: ReadonlyMap<string, NodeUsage>;
  readonly load: Load;
}

/** The fleet's usage at one time. What is absent did not exist then. */
export interface UsageSample {
  /** The minute's begin, ms since 1970. */
  readonly at: number;
  /** How many minutes it stands for, within one quarter of an hour; left out: one. */
  readonly minutes?: number;
  readonly clusters: ReadonlyMap<string, ClusterUsage>;
  /** Free nodes by template; null: unknown. */
  readonly free: ReadonlyMap<string, number | null>;
}

/**
 * Takes samples of a fleet, one after the other: the usage that it shows at each time. What was known last counts as unknown. A
 * virtual cluster in which nothing changed keeps object identity from one sample to the next, as it does from one fleet to the next.
 */
export function createUsageSampling(): (fleet: Fleet, at: number) => UsageSample {
  const resources = createClusterResources();
  let last: ReadonlyMap<string, { readonly cluster: VirtualCluster; readonly usage: ClusterUsage }> = new Map();
  return (fleet, at) => {
    resources.update(fleet.nodes.values());
    const next = new Map<string, { readonly cluster: VirtualCluster; readonly usage: ClusterUsage }>();
    const clusters = new Map<string, ClusterUsage>();
    for (const [id, cluster] of fleet.clusters) {
      const there = last.get(id);
      const before = there?.cluster === cluster ? there.usage : undefined;
      const own = resources.of(id);
      const usage =
        before !== undefined && isLoadOf(before.load, own)
          ? before
          : {
              templates: before?.templates ?? nodesByTemplate(cluster),
              load: { jobs: runningJobs(cluster), ...(own ?? UNKNOWN) },
            };
      clusters.set(id, usage);
      next.set(id, { cluster, usage });
    }
    last = next;
    const free = new Map(fleet.pool.templates.map((each) => [each.templateId, now(each.free)?.count ?? null] as const));
    return { at: Math.floor(at / MINUTE) * MINUTE, clusters, free };
  };
}

const UNKNOWN = { cpuUsed: null, cpuTotal: null, gpuUsed: null, gpuTotal: null };

function isLoadOf(load: Load, resources: Resources | null): boolean {
  const { cpuUsed, cpuTotal, gpuUsed, gpuTotal } = resources ?? UNKNOWN;
  return (
    load.cpuUsed === cpuUsed && load.cpuTotal === cpuTotal && load.gpuUsed === gpuUsed && load.gpuTotal === gpuTotal
  );
}

function nodesByTemplate({ templates }: VirtualCluster): ReadonlyMap<string, NodeUsage> {
  const nodes = new Map<string, NodeUsage>();
  for (const { templateId, count, used, reserved, idle, dead } of templates)
    nodes.set(templateId, {
      held: count,
      used: now(used),
      reserved: now(reserved),
      idle: now(idle),
      dead: now(dead),
    });
  return nodes;
}

function now<T>(fact: Recalled<T>): T | null {
  return fact.known ? fact.value : null;
}

/** Jobs in a cluster, and job clusters whose job has not ended. */
function runningJobs({ usedBy }: VirtualCluster): number | null {
  if (!usedBy.known) return null;
  let running = usedBy.value.jobs.length;
  for (const { leftover } of usedBy.value.jobClusters) {
    if (!leftover.known) return null;
    if (!leftover.value) running += 1;
  }
  return running;
}
