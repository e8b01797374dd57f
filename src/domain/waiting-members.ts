import type { Fleet, VirtualCluster } from './fleet.ts';

/** Dead members of one template in a virtual cluster, which Ray replaces by nodes that become free (fact 32). */
export interface WaitingMembers {
  readonly clusterId: string;
  readonly dead: number;
}

/**
 * The virtual clusters other than `exceptId` with dead members of a template: a node of it that becomes free goes to one of
 * them. The most dead first; in which order Ray serves them is not known.
 */
export function waitingMembersOf(
  clusters: Iterable<VirtualCluster>,
  templateId: string,
  exceptId: string | null,
): readonly WaitingMembers[] {
  const waiting: WaitingMembers[] = [];
  for (const { id, templates } of clusters) {
    const dead = templates.find((each) => each.templateId === templateId)?.dead;
    if (id !== exceptId && dead?.known === true && dead.value > 0) waiting.push({ clusterId: id, dead: dead.value });
  }
  return waiting.sort((a, b) => b.dead - a.dead || (a.clusterId < b.clusterId ? -1 : 1));
}

/** Dead members of other virtual clusters that wait for a template of which nodes were given back. */
export interface AwaitedNodes extends WaitingMembers {
  readonly templateId: string;
}

/** The most virtual clusters that a change remembers as waiting for its nodes. */
const MAX_AWAITED = 20;

/** Who waited for the nodes that a virtual cluster gave back: Ray gives them to these first. Dead nodes serve nobody. */
export function awaitedNodesOf(
  { clusters, nodes }: Pick<Fleet, 'clusters' | 'nodes'>,
  giverId: string,
  left: Iterable<{ readonly id: string; readonly templateId: string }>,
): readonly AwaitedNodes[] {
  const alive = [...left].filter(({ id }) => nodes.get(id)?.state !== 'dead').map(({ templateId }) => templateId);
  return [...new Set(alive)]
    .flatMap((templateId) =>
      waitingMembersOf(clusters.values(), templateId, giverId).map((each) => ({ templateId, ...each })),
    )
    .slice(0, MAX_AWAITED);
}
