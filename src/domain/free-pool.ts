import { PRIMARY_CLUSTER_ID } from './cluster-id.ts';
import { current, known, unknown, type Sourced } from './sourced.ts';
import type { FleetNode, FreePool, FreeTemplate } from './fleet.ts';
import type { FleetSources } from './fleet-sources.ts';
import { compareTemplates, countOf } from './replica-sets.ts';

/**
 * The free pool as the state API reports it (fact 15). While that is unavailable, an upper bound: the alive nodes of a
 * reading begun after the first list arrived, without current members, nodes of known job clusters and the head. A later
 * list only changes who is a member, so it needs no new reading of the nodes.
 * `listedSince`: when the first list arrived, ms since 1970; null before.
 */
export function joinFreePool(
  sources: FleetSources,
  nodes: ReadonlyMap<string, FleetNode>,
  listedSince: number | null,
): Pick<FreePool, 'templates'> {
  const state = current(sources.state, 'state');
  const liveness = current(sources.liveness, 'liveness');
  const undivided = state.known
    ? (state.value.find((each) => each.id === PRIMARY_CLUSTER_ID)?.undivided ?? null)
    : null;

  const byTemplate = new Map<string, { alive: number; free: number; head: boolean }>();
  /** Alive nodes whose template is not known yet: each may be of any template. */
  let untyped = { alive: 0, free: 0 };
  for (const node of nodes.values()) {
    const alive = node.state === 'alive' ? 1 : 0;
    const free = alive === 1 && node.clusterId === null && node.jobClusterId === null && !node.isHead ? 1 : 0;
    if (node.templateId === null) {
      untyped = { alive: untyped.alive + alive, free: untyped.free + free };
      continue;
    }
    const entry = byTemplate.get(node.templateId) ?? { alive: 0, free: 0, head: false };
    byTemplate.set(node.templateId, entry);
    if (node.isHead) entry.head = true;
    entry.alive += alive;
    entry.free += free;
  }

  const summary = current(sources.summary, 'summary');
  const stateUnavailable: Sourced<never> = state.known ? unknown('not-offered', 'state') : state;
  const atMost = (free: number): FreeTemplate['free'] => {
    if (!liveness.known || listedSince === null || (sources.liveness.last?.begunAt ?? 0) < listedSince)
      return stateUnavailable;
    // Before the first summary no free node's template is known, so an upper bound would be meaningless.
    if (untyped.free > 0 && sources.summary.last === null && !summary.known) return summary;
    // The count is as old as its older source: the node list was read after the list, unless the list now fails.
    return known({ count: free + untyped.free, atMost: true }, sources.list.failure === null ? 'liveness' : 'list');
  };
  const aliveOf = (alive: number): Sourced<number> => {
    if (!liveness.known) return state.known ? known(alive, 'state') : liveness;
    return state.known || untyped.alive === 0 ? known(alive, 'liveness') : unknown('not-read-yet', 'summary');
  };

  const templates = [...byTemplate]
    .sort(([a], [b]) => compareTemplates(a, b))
    .map(([templateId, entry]): FreeTemplate => {
      const free: FreeTemplate['free'] =
        undivided !== null
          ? known({ count: countOf(undivided, templateId), atMost: false }, 'state')
          : state.known
            ? stateUnavailable
            : atMost(entry.free);
      return { templateId, free, alive: aliveOf(entry.alive), isHeadTemplate: entry.head };
    });
  return { templates };
}
