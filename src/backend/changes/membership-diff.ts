import type { MembershipDiff } from '../../contract/change.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { awaitedNodesOf } from '../../domain/waiting-members.ts';
import type { Member } from '../../domain/sources.ts';

const MAX_LISTED_NODES = 200;

/**
 * Which nodes came and which left between two sets of members of a virtual cluster; null when either is unknown. `fleet`: as
 * known before, to tell who waited for those that left.
 */
export function membershipDiff(
  clusterId: string,
  fleet: Pick<Fleet, 'clusters' | 'nodes'>,
  before: ReadonlyMap<string, Member> | null,
  after: ReadonlyMap<string, Member> | null,
): MembershipDiff | null {
  if (before === null || after === null) return null;
  const missingIn = (members: ReadonlyMap<string, Member>, other: ReadonlyMap<string, Member>) =>
    [...members]
      .filter(([id]) => !other.has(id))
      .map(([id, { hostname, templateId }]) => ({ id, hostname, templateId }));
  const arrived = missingIn(after, before);
  const left = missingIn(before, after);
  return {
    arrived: arrived.slice(0, MAX_LISTED_NODES),
    left: left.slice(0, MAX_LISTED_NODES),
    arrivedCount: arrived.length,
    leftCount: left.length,
    awaitedBy: awaitedNodesOf(fleet, clusterId, left),
  };
}
