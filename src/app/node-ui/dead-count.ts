import type { FleetUpdate } from '../../contract/fleet.ts';
import { text } from '../text/text.ts';

/**
 * Why dead nodes are not counted, in words; null where they are. Above Ray's limit of rows the list of nodes is cut, and no
 * other source has the dead ones that no virtual cluster holds (facts 17, 20).
 */
export function whyDeadNotCounted(counts: FleetUpdate['nodeCounts'] | null): string | null {
  const dead = counts?.dead ?? null;
  if (dead === null || dead.known || (dead.reason !== 'truncated' && dead.reason !== 'too-large')) return null;
  return `${text.nodes.deadNotCounted} ${text.facts.why(dead.source, dead.reason)}`;
}
