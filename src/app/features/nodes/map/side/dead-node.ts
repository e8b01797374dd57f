import type { FleetEvent } from '../../../../../contract/recent-events.ts';
import type { FleetNode, FreePool } from '../../../../../domain/fleet.ts';

/**
 * What Ray will do about a dead node (facts 21, 32, 33). `soon`: a node of its template is free; `waits`: none is;
 * `when-free`: whether one is free is not known; `not`: it was in the free pool, where nothing is replaced.
 */
export type Replacement = 'soon' | 'waits' | 'when-free' | 'not';

export function replacementOf(
  { clusterId, jobClusterId, templateId }: Pick<FleetNode, 'clusterId' | 'jobClusterId' | 'templateId'>,
  pool: Pick<FreePool, 'templates'>,
): Replacement {
  if (clusterId === null && jobClusterId === null) return 'not';
  const template = pool.templates.find((each) => each.templateId === templateId);
  if (template?.free.known !== true) return 'when-free';
  const { count, atMost } = template.free.value;
  if (count === 0) return 'waits';
  return atMost ? 'when-free' : 'soon';
}

/** When its death was seen, ms since 1970; null when no event that is still kept names it. */
export function seenDeadAt(nodeId: string, events: readonly FleetEvent[]): number | null {
  const death = events.findLast((event) => event.kind === 'died' && event.nodeIds.includes(nodeId));
  return death?.at ?? null;
}
