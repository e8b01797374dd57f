import type { PageFleet } from '../../app/api/page-fleet.ts';
import type { SimNode, World } from '../../simulator/engine/world.ts';

/**
 * What a page says wrongly of what nodes are used for, or could be given back, in words; null: nothing. `actorNodes`: the
 * nodes of actors that pass for supervisors, which run on them all the same.
 */
export function wrongNodeUse(fleet: PageFleet, ray: World, actorNodes: ReadonlySet<string>): string | null {
  for (const { id, divisible, templates } of fleet.clusters.values()) {
    const cluster = ray.clusters.get(id);
    if (cluster === undefined) continue;
    for (const { templateId, count, removable, ...shown } of templates) {
      const nodes = [...cluster.nodes].filter((node) => node.templateId === templateId);
      const real = { used: 0, reserved: 0, idle: 0, dead: 0 };
      for (const node of nodes) real[realUseOf(node, actorNodes)] += 1;
      for (const use of ['used', 'reserved', 'idle', 'dead'] as const) {
        const fact = shown[use];
        if (fact.known && fact.value !== real[use])
          return `${String(fact.value)} ${use} ${templateId} in ${id}, while there are ${String(real[use])} of ${String(count)}`;
      }
      const kept = nodes.filter((node) =>
        divisible ? node.jobCluster !== null : node.state !== 'dead' && node.usedCpus > 0,
      );
      const most = nodes.length - kept.length;
      if (removable.atMost ? removable.count < most : removable.count !== most)
        return `${String(removable.count)} removable ${templateId} in ${id}, while there are ${String(most)}`;
    }
  }
  return null;
}

/** A deliberate second implementation: from the simulated Ray itself rather than from its replies. */
function realUseOf(node: SimNode, actorNodes: ReadonlySet<string>): 'used' | 'reserved' | 'idle' | 'dead' {
  if (node.state === 'dead') return 'dead';
  if (node.usedCpus > 0 || node.supervisedJobs.size > 0 || actorNodes.has(node.id)) return 'used';
  return node.jobCluster === null ? 'idle' : 'reserved';
}
