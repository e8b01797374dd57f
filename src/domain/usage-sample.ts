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

/** The fleet's usage at one time. What is absent did not exist then. */
export interface UsageSample {
  /** The minute's begin, ms since 1970. */
  readonly at: number;
  /** How many minutes it stands for, within one quarter of an hour; left out: one. */
  readonly minutes?: number;
  readonly clusters: ReadonlyMap<string, { readonly templates: ReadonlyMap<string, NodeUsage>; readonly load: Load }>;
  /** Free nodes by template; null: unknown. */
  readonly free: ReadonlyMap<string, number | null>;
}

/** The usage that a fleet shows now. What was known last counts as unknown. */
export function sampleUsage(fleet: Fleet, at: number): UsageSample {
  const resources = sumResources(fleet);
  const clusters = new Map(
    [...fleet.clusters.values()].map((cluster) => {
      const templates = new Map<string, NodeUsage>();
      for (const { templateId, count, used, reserved, idle, dead } of cluster.templates)
        templates.set(templateId, {
          held: count,
          used: now(used),
          reserved: now(reserved),
          idle: now(idle),
          dead: now(dead),
        });
      return [cluster.id, { templates, load: { jobs: runningJobs(cluster), ...resources(cluster.id) } }] as const;
    }),
  );
  const free = new Map(fleet.pool.templates.map((each) => [each.templateId, now(each.free)?.count ?? null] as const));
  return { at: Math.floor(at / MINUTE) * MINUTE, clusters, free };
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

interface Resources {
  cpuUsed: number;
  cpuTotal: number;
  gpuUsed: number;
  gpuTotal: number;
  isUnknown: boolean;
}

const UNKNOWN = { cpuUsed: null, cpuTotal: null, gpuUsed: null, gpuTotal: null };
const NONE = { cpuUsed: 0, cpuTotal: 0, gpuUsed: 0, gpuTotal: 0 };

/**
 * CPUs and GPUs of each cluster's alive nodes; unknown where some alive node's are. There may be 100,000 nodes, and those of a
 * cluster follow each other, so that few are looked up.
 */
function sumResources({ nodes }: Fleet): (clusterId: string) => Omit<Load, 'jobs'> {
  const sums = new Map<string, Resources>();
  let lastId: string | null = null;
  let sum: Resources = { ...NONE, isUnknown: false };
  for (const { clusterId, state, usage } of nodes.values()) {
    if (clusterId === null || state === 'dead') continue;
    if (clusterId !== lastId) {
      lastId = clusterId;
      sum = sums.get(clusterId) ?? { ...NONE, isUnknown: false };
      sums.set(clusterId, sum);
    }
    if (state === 'unknown' || !usage.known) sum.isUnknown = true;
    else {
      const { cpu, gpu } = usage.value;
      if (cpu !== null) {
        sum.cpuUsed += cpu.used;
        sum.cpuTotal += cpu.total;
      }
      if (gpu !== null) {
        sum.gpuUsed += gpu.used;
        sum.gpuTotal += gpu.total;
      }
    }
  }
  return (clusterId) => {
    const own = sums.get(clusterId);
    if (own === undefined) return NONE;
    if (own.isUnknown) return UNKNOWN;
    const { cpuUsed, cpuTotal, gpuUsed, gpuTotal } = own;
    return { cpuUsed, cpuTotal, gpuUsed, gpuTotal };
  };
}
