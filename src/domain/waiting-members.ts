import type { VirtualCluster } from './fleet.ts';

/** Dead members of one template in a virtual cluster, which Ray replaces by nodes that become free (fact 21). */
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
