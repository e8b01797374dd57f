import type { Member } from './sources.ts';

/** Whether two virtual clusters, or one at two times, have the same nodes with the same names and templates. */
export function sameMembers(one: ReadonlyMap<string, Member>, other: ReadonlyMap<string, Member>): boolean {
  if (one === other) return true;
  if (one.size !== other.size) return false;
  for (const [id, { hostname, templateId }] of other) {
    const member = one.get(id);
    if (member === undefined || member.hostname !== hostname || member.templateId !== templateId) return false;
  }
  return true;
}
