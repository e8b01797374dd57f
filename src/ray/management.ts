import * as z from 'zod/mini';
import { isRevision, type Revision } from '../domain/revision.ts';
import type { ListedCluster, Member } from '../domain/sources.ts';
import { failed, readBy, dictionary, type Parsed, type Reply } from './reply.ts';

/** A revision as `parseJson` gives it (fact 3). */
export const revision = z.custom<Revision>((value) => typeof value === 'string' && isRevision(value), 'not a revision');

const clusterRow = z.object({
  virtualClusterId: z.string(),
  // The text "true" or "false", although the published document shows a bool (fact 2).
  divisible: z.union([z.boolean(), z.string()]),
  isRemoved: z.nullish(z.boolean()),
  nodeInstances: z.nullish(dictionary),
  revision,
});

const listReply = z.object({ data: z.object({ virtualClusters: z.array(clusterRow) }) });

/** `divisible` in all its forms (fact 2); null for one that is neither. */
export function readDivisible(value: boolean | string): boolean | null {
  const word = String(value).toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** Members by node id; null when one is malformed. By hand: it runs once per node of the whole fleet. */
export function readMembers(instances: Readonly<Record<string, unknown>>): ReadonlyMap<string, Member> | null {
  const members = new Map<string, Member>();
  for (const [nodeId, node] of Object.entries(instances)) {
    if (typeof node !== 'object' || node === null || !('hostname' in node) || !('templateId' in node)) return null;
    const { hostname, templateId } = node;
    if (typeof hostname !== 'string' || typeof templateId !== 'string') return null;
    members.set(nodeId, { hostname, templateId });
  }
  return members;
}

/** What the list says, and the ids of its rows in Ray's order, removed ones included. */
export interface ReadList {
  readonly clusters: readonly ListedCluster[];
  readonly rowIds: readonly string[];
}

/** `GET /virtual_clusters`: the clusters that are not removed. Ids with `##` stay: the list is the truth (fact 12). */
export function readList(reply: Reply): Parsed<ReadList> {
  const list = readBy(listReply, reply);
  if (!list.ok) return list;
  const clusters: ListedCluster[] = [];
  const rowIds: string[] = [];
  for (const row of list.value.data.virtualClusters) {
    const divisible = readDivisible(row.divisible);
    const members = readMembers(row.nodeInstances ?? {});
    if (divisible === null || members === null) {
      return failed('unreadable', `malformed virtual cluster ${JSON.stringify(row.virtualClusterId).slice(0, 200)}`);
    }
    rowIds.push(row.virtualClusterId);
    if (row.isRemoved === true) continue;
    clusters.push({ id: row.virtualClusterId, divisible, revision: row.revision, members });
  }
  return { ok: true, value: { clusters, rowIds } };
}
