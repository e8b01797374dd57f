import { replacementOf } from '../../../domain/node-replacement.ts';
import { mapRecalled, withoutLast, type Recalled, type Sourced } from '../../../domain/sourced.ts';
import type { FreePool, UsedBy, VirtualCluster } from '../../../domain/fleet.ts';

type Unknown = Pick<Extract<Recalled<unknown>, { known: false }>, 'source' | 'reason'>;

/** All members, the dead included: what Ray counts (fact 14). */
export function nodeCount(cluster: VirtualCluster): number {
  return cluster.templates.reduce((sum, { count }) => sum + count, 0);
}

/** How many of its nodes are dead; unknown as soon as one template's dead are. */
export function deadCount(cluster: Pick<VirtualCluster, 'templates'>): Sourced<number> {
  let sum: Sourced<number> = { known: true, value: 0, source: 'list' };
  for (const { dead } of cluster.templates) {
    if (!dead.known) return withoutLast(dead);
    sum = { known: true, value: sum.value + dead.value, source: dead.source };
  }
  return sum;
}

/** How many nodes that virtual clusters hold are known to be dead: at least so many are. */
export function knownDead(clusters: Iterable<Pick<VirtualCluster, 'templates'>>): number {
  let sum = 0;
  for (const { templates } of clusters) for (const { dead } of templates) sum += dead.known ? dead.value : 0;
  return sum;
}

/** The users of a virtual cluster, counted. */
export interface UserCounts {
  /** Running jobs: with a job cluster of their own, or sharing this cluster. */
  readonly jobs: number;
  /** Job clusters whose job has ended: they still hold nodes (fact 23). */
  readonly leftover: number;
  /** Job clusters for which it is not known whether their job still runs, and why. */
  readonly unknownState: number;
  readonly unknownReason: Unknown | null;
  /** The oldest time at which a job cluster missing now was last seen, ms since 1970; null when none is missing. */
  readonly lastSeenAt: number | null;
}

/** Counts the users of a virtual cluster; the reason where they are not known. */
export function countUsers(usedBy: Recalled<UsedBy>): Recalled<UserCounts> {
  return mapRecalled(usedBy, countsOf);
}

function countsOf(usedBy: UsedBy): UserCounts {
  let running = usedBy.jobs.length;
  let leftover = 0;
  let doubtful = 0;
  let doubt: Unknown | null = null;
  let lastSeenAt: number | null = null;
  for (const each of usedBy.jobClusters) {
    if (each.lastSeenAt !== null) lastSeenAt = Math.min(each.lastSeenAt, lastSeenAt ?? each.lastSeenAt);
    if (!each.leftover.known) {
      doubtful += 1;
      doubt = each.leftover;
    } else if (each.leftover.value) leftover += 1;
    else running += 1;
  }
  return { jobs: running, leftover, unknownState: doubtful, unknownReason: doubt, lastSeenAt };
}

/** The number of users, leftovers included: each of them prevents a delete. */
export function totalUsers({ jobs, leftover, unknownState }: UserCounts): number {
  return jobs + leftover + unknownState;
}

/** Whether dead nodes of any virtual cluster wait because no node of their template is free. Its row then says so. */
export function hasWaitingReplacement(clusters: Iterable<VirtualCluster>, pool: FreePool): boolean {
  for (const cluster of clusters) {
    const replacement = replacementOf(cluster, pool);
    if (replacement !== null && replacement.waiting.length > 0) return true;
  }
  return false;
}
