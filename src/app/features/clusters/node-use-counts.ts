import { shownValue } from '../../../domain/sourced.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';

/** What a virtual cluster's nodes do, in the order of the bar. */
export const uses = ['used', 'reserved', 'idle', 'dead', 'unknown'] as const;
export type NodeUseCounts = Readonly<Record<(typeof uses)[number], number>>;

/** How many nodes are, or were when last known, in each use, `unknown` included, so that they add up to all nodes. */
export function countNodeUses({ templates }: Pick<VirtualCluster, 'templates'>): NodeUseCounts {
  let [used, reserved, idle, dead, all] = [0, 0, 0, 0, 0];
  for (const each of templates) {
    all += each.count;
    used += shownValue(each.used)?.value ?? 0;
    reserved += shownValue(each.reserved)?.value ?? 0;
    idle += shownValue(each.idle)?.value ?? 0;
    dead += shownValue(each.dead)?.value ?? 0;
  }
  return { used, reserved, idle, dead, unknown: Math.max(0, all - used - reserved - idle - dead) };
}

/** When the oldest of the uses that are not current was read, ms since 1970; null while all are current or none is known. */
export function nodeUsesAsOf({ templates }: Pick<VirtualCluster, 'templates'>): number | null {
  const times = templates
    .flatMap(({ used, reserved, idle, dead }) => [used, reserved, idle, dead])
    .flatMap((fact) => (fact.known || fact.last === undefined ? [] : [fact.last.at]));
  return times.length === 0 ? null : Math.min(...times);
}
