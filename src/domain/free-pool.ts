import { PRIMARY_CLUSTER_ID } from './cluster-id.ts';
import { current, known, unknown, type Fact } from './fact.ts';
import type { FleetNode, FreePool, FreeTemplate } from './fleet.ts';
import type { FleetSources } from './join.ts';
import { compareTemplates, countOf } from './replica-sets.ts';

/**
 * The free pool: Ray's own word while its state API answers (fact 15); else the alive nodes of a reading begun
 * after the list arrived, less every member, known job cluster's node and the head: Ray has at most that many.
 */
export function joinPool(sources: FleetSources, nodes: ReadonlyMap<string, FleetNode>): Pick<FreePool, 'templates'> {
  const state = current(sources.state, 'state');
  const liveness = current(sources.liveness, 'liveness');
  const undivided = state.known ? (state.value.find((each) => each.id === PRIMARY_CLUSTER_ID)?.undivided ?? null) : null;
  const after = (sources.liveness.last?.begunAt ?? 0) >= (sources.list.last?.arrivedAt ?? Number.POSITIVE_INFINITY);

  const byTemplate = new Map<string, { alive: number; free: number; head: boolean }>();
  for (const node of nodes.values()) {
    if (node.templateId === null) continue;
    const entry = byTemplate.get(node.templateId) ?? { alive: 0, free: 0, head: false };
    byTemplate.set(node.templateId, entry);
    if (node.isHead) entry.head = true;
    if (node.state !== 'alive') continue;
    entry.alive += 1;
    if (node.clusterId === null && node.jobClusterId === null && !node.isHead) entry.free += 1;
  }

  const templates = [...byTemplate].sort(([a], [b]) => compareTemplates(a, b)).map(([templateId, entry]): FreeTemplate => {
    const free: Fact<{ count: number; atMost: boolean }> =
      undivided !== null ? known({ count: countOf(undivided, templateId), atMost: false }, 'state')
      : state.known ? unknown('not-offered', 'state')
      : liveness.known && after ? known({ count: entry.free, atMost: true }, 'liveness')
      : state;
    const alive = liveness.known ? known(entry.alive, 'liveness') : state.known ? known(entry.alive, 'state') : liveness;
    return { templateId, free, alive, isHeadTemplate: entry.head };
  });
  return { templates };
}
