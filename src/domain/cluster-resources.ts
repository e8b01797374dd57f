import type { FleetNode } from './fleet.ts';

/** CPUs and GPUs of the alive nodes of a virtual cluster. */
export interface Resources {
  readonly cpuUsed: number;
  readonly cpuTotal: number;
  readonly gpuUsed: number;
  readonly gpuTotal: number;
}

/** Sums up each virtual cluster's CPUs and GPUs, and keeps the sums up when it is given the nodes again. */
export interface ClusterResources {
  update(nodes: Iterable<FleetNode>): void;
  /** Null: unknown, as some alive node's are. */
  of(clusterId: string): Resources | null;
}

interface Sums {
  nodes: number;
  /** Nodes of which it is not known whether they are alive, or what is used of them. */
  unknown: number;
  cpuUsed: number;
  cpuTotal: number;
  gpuUsed: number;
  gpuTotal: number;
}

/** Ray gives out ten-thousandths of a CPU; as whole numbers of these, sums can be taken back without a rest. */
const PARTS = 10_000;

/** How many nodes that went are skipped in one go. Where more go at once, everything is added up again. */
const LOOK_AHEAD = 64;

const NONE: Resources = { cpuUsed: 0, cpuTotal: 0, gpuUsed: 0, gpuTotal: 0 };

/**
 * Unchanged nodes keep their identity from one fleet to the next, and their order, so that most of 100,000 are only compared by
 * reference: what they say is not read again.
 */
export function createClusterResources(): ClusterResources {
  let last: readonly FleetNode[] = [];
  let sums = new Map<string, Sums>();

  /** Nodes of a virtual cluster follow each other, so that few are looked up. */
  let latest: { readonly clusterId: string; readonly sum: Sums } | null = null;

  function sumOf(clusterId: string): Sums {
    if (latest?.clusterId === clusterId) return latest.sum;
    let sum = sums.get(clusterId);
    if (sum === undefined)
      sums.set(clusterId, (sum = { nodes: 0, unknown: 0, cpuUsed: 0, cpuTotal: 0, gpuUsed: 0, gpuTotal: 0 }));
    latest = { clusterId, sum };
    return sum;
  }

  function count(node: FleetNode | undefined, sign: 1 | -1): void {
    if (node === undefined || node.clusterId === null || node.state === 'dead') return;
    const { clusterId, state, usage } = node;
    const sum = sumOf(clusterId);
    sum.nodes += sign;
    if (state === 'unknown' || !usage.known) sum.unknown += sign;
    else {
      const { cpu, gpu } = usage.value;
      if (cpu !== null) {
        sum.cpuUsed += sign * Math.round(cpu.used * PARTS);
        sum.cpuTotal += sign * Math.round(cpu.total * PARTS);
      }
      if (gpu !== null) {
        sum.gpuUsed += sign * Math.round(gpu.used * PARTS);
        sum.gpuTotal += sign * Math.round(gpu.total * PARTS);
      }
    }
    if (sum.nodes !== 0) return;
    sums.delete(clusterId);
    latest = null;
  }

  function recount(nodes: readonly FleetNode[]): void {
    sums = new Map();
    latest = null;
    for (const node of nodes) count(node, 1);
  }

  /** How many of the nodes that are next in the last fleet went, if `node` follows them; null: it was not there. */
  function goneBefore(node: FleetNode, from: number): number | null {
    for (let gone = 0; gone <= LOOK_AHEAD; gone++) if (last[from + gone] === node) return gone;
    return null;
  }

  return {
    update(nodes) {
      const list = [...nodes];
      const mostMisses = LOOK_AHEAD + list.length / LOOK_AHEAD;
      let misses = 0;
      let at = 0;
      for (const node of list) {
        const before = last[at];
        if (before === node) {
          at += 1;
          continue;
        }
        if (before?.id === node.id) {
          count(before, -1);
          count(node, 1);
          at += 1;
          continue;
        }
        const gone = goneBefore(node, at);
        if (gone === null) {
          if ((misses += 1) > mostMisses) break;
          count(node, 1);
          continue;
        }
        for (const end = at + gone; at < end; at++) count(last[at], -1);
        at += 1;
      }
      if (misses > mostMisses) recount(list);
      else for (; at < last.length; at++) count(last[at], -1);
      last = list;
    },
    of(clusterId) {
      const sum = sums.get(clusterId);
      if (sum === undefined) return NONE;
      if (sum.unknown > 0) return null;
      const { cpuUsed, cpuTotal, gpuUsed, gpuTotal } = sum;
      return {
        cpuUsed: cpuUsed / PARTS,
        cpuTotal: cpuTotal / PARTS,
        gpuUsed: gpuUsed / PARTS,
        gpuTotal: gpuTotal / PARTS,
      };
    },
  };
}
