import * as z from 'zod/mini';
import { isRevision, type Revision } from '../../domain/revision.ts';
import { sameMembers } from '../../domain/same-members.ts';
import type { ListedCluster, Member } from '../../domain/sources.ts';
import { boundedSink, MAX_NODES_KEPT } from '../stream/bounded-sink.ts';
import { sharedText } from '../stream/shared-text.ts';
import { createNodeLookup } from './node-lookup.ts';
import { failed, parseReply, dictionary, type ReplyReader } from './reply.ts';
import { tryParseJson } from '../exact-json.ts';

/** A revision as `parseJson` gives it (fact 3). */
export const revision = z.custom<Revision>((value) => typeof value === 'string' && isRevision(value), 'not a revision');

const clusterRow = z.object({
  virtualClusterId: z.string(),
  // Ray sends the text "true" or "false", although its documentation shows a bool (fact 2).
  divisible: z.union([z.boolean(), z.string()]),
  isRemoved: z.nullish(z.boolean()),
  nodeInstances: z.nullish(dictionary),
  revision,
});

const listReply = z.object({ data: z.object({ virtualClusters: z.array(clusterRow) }) });

/** `divisible` in all its forms (fact 2); null for any other value. */
export function readDivisible(value: boolean | string): boolean | null {
  const word = String(value).toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** The members in the reply to a save, by node id; null when one is malformed. */
export function readMembers(instances: Readonly<Record<string, unknown>>): ReadonlyMap<string, Member> | null {
  const members = new Map<string, Member>();
  for (const [nodeId, node] of Object.entries(instances)) {
    const member = memberOf(node);
    if (member === null) return null;
    members.set(nodeId, member);
  }
  return members;
}

/** The clusters of the list, and the ids of its rows in Ray's order, removed ones included. */
export interface ParsedClusterList {
  readonly clusters: readonly ListedCluster[];
  readonly rowIds: readonly string[];
  /** The whole text of the reply. */
  readonly text: string;
}

/**
 * `GET /virtual_clusters`: the clusters that are not removed. Ids with `##` are kept: the list is authoritative
 * (fact 12). Each member is parsed separately as it comes. A cluster that is as in `before`, the reading before, keeps its members.
 */
export function clusterListReader(before: readonly ListedCluster[] | null = null): ReplyReader<ParsedClusterList> {
  const known = new Map((before ?? []).map(({ id, members: all }) => [id, all]));
  const knownMember = createNodeLookup([...known.values()]);
  const parts: string[] = [];
  const membersOf: Map<string, Member>[] = [];
  const malformed = new Set<number>();
  let members = 0;
  const cutter = boundedSink(
    [
      {
        path: ['data', 'virtualClusters', '*', 'nodeInstances', '*'],
        onValue(nodeId, text, row) {
          members += 1;
          const member = memberOf(tryParseJson(text), knownMember(nodeId));
          if (member === null) malformed.add(row);
          else (membersOf[row] ??= new Map()).set(sharedText(nodeId), member);
        },
      },
    ],
    () => members,
    MAX_NODES_KEPT,
  );
  return {
    sink: {
      ...cutter,
      push(part) {
        parts.push(part);
        cutter.push(part);
      },
    },
    read(reply) {
      const list = parseReply(listReply, reply);
      if (!list.ok) return list;
      const clusters: ListedCluster[] = [];
      const rowIds: string[] = [];
      for (const [at, row] of list.value.data.virtualClusters.entries()) {
        const divisible = readDivisible(row.divisible);
        if (divisible === null || malformed.has(at)) {
          return failed(
            'unreadable',
            `malformed virtual cluster ${JSON.stringify(row.virtualClusterId).slice(0, 200)}`,
          );
        }
        rowIds.push(row.virtualClusterId);
        if (row.isRemoved === true) continue;
        clusters.push({
          id: row.virtualClusterId,
          divisible,
          revision: row.revision,
          members: reuseMembers(known.get(row.virtualClusterId), membersOf[at] ?? new Map<string, Member>()),
        });
      }
      return { ok: true, value: { clusters, rowIds, text: parts.join('') } };
    },
  };
}

/** Those of before, if they are the same. */
function reuseMembers(
  before: ReadonlyMap<string, Member> | undefined,
  now: ReadonlyMap<string, Member>,
): ReadonlyMap<string, Member> {
  return before !== undefined && sameMembers(before, now) ? before : now;
}

/** `known`: returned if the node is the same. */
function memberOf(node: unknown, known?: Member): Member | null {
  if (typeof node !== 'object' || node === null || !('hostname' in node) || !('templateId' in node)) return null;
  const { hostname, templateId } = node;
  if (typeof hostname !== 'string' || typeof templateId !== 'string') return null;
  if (known?.hostname === hostname && known.templateId === templateId) return known;
  return { hostname: sharedText(hostname), templateId };
}
