import type { ListedCluster } from '../../domain/sources.ts';
import { clusterListReader } from './cluster-list.ts';
import type { ReplyReader } from './reply.ts';

/** The management list, without removed clusters. */
export interface ClusterList {
  readonly clusters: readonly ListedCluster[];
  /** The cluster as Ray wrote it, character for character; null when the list has none of that id. */
  raw(clusterId: string): string | null;
}

/** Reads `GET /virtual_clusters`, keeping the text: it is indexed only when the first raw cluster is asked for. */
export function rawClusterListReader(before: ClusterList | null = null): ReplyReader<ClusterList> {
  const { sink, read } = clusterListReader(before?.clusters);
  return {
    sink,
    read(reply) {
      const list = read(reply);
      if (!list.ok) return list;
      const { clusters, rowIds, text } = list.value;
      return { ok: true, value: { clusters, raw: rawClustersOf(text, rowIds) } };
    },
  };
}

/** The list without its text, for the next reading. */
export function withoutText({ clusters }: ClusterList): ClusterList {
  return { clusters, raw: () => null };
}

/** A function of its own: inside the reader, it would keep that and all its parts in memory for as long as the list. */
function rawClustersOf(text: string, rowIds: readonly string[]): ClusterList['raw'] {
  let slices: ReturnType<typeof indexRawClusters> | undefined;
  return (clusterId) => {
    slices ??= indexRawClusters(text, rowIds);
    const slice = slices?.get(clusterId);
    return slice ? text.slice(...slice) : null;
  };
}

/**
 * Finds where each cluster's text starts and ends in a list reply, without parsing: revisions stay exact.
 * The text must be the JSON that `rowIds` was read from; null when its rows don't match the ids.
 */
export function indexRawClusters(
  text: string,
  rowIds: readonly string[],
): ReadonlyMap<string, readonly [number, number]> | null {
  let at = 0;

  const skipSpace = () => {
    while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) at += 1;
  };
  const skipString = () => {
    at += 1;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at += 1;
  };
  const skipValue = () => {
    const first = text[at];
    if (first === '"') return skipString();
    if (first !== '{' && first !== '[') {
      while (at < text.length && !',]} \t\n\r'.includes(text.charAt(at))) at += 1;
      return;
    }
    let depth = 0;
    do {
      const mark = text[at];
      if (mark === '"') {
        skipString();
        continue;
      }
      if (mark === '{' || mark === '[') depth += 1;
      else if (mark === '}' || mark === ']') depth -= 1;
      at += 1;
    } while (depth > 0 && at < text.length);
  };
  /** Moves from an object's `{` to the value of one of its members; whether it has that member. */
  const enter = (key: string): boolean => {
    skipSpace();
    if (text[at] !== '{') return false;
    at += 1;
    for (;;) {
      skipSpace();
      if (text[at] !== '"') return false;
      const start = at;
      skipString();
      const found = text.slice(start, at) === `"${key}"`;
      skipSpace();
      at += 1;
      skipSpace();
      if (found) return true;
      skipValue();
      skipSpace();
      if (text[at] !== ',') return false;
      at += 1;
    }
  };

  if (!enter('data') || !enter('virtualClusters') || text[at] !== '[') return null;
  at += 1;
  const slices = new Map<string, readonly [number, number]>();
  for (const id of rowIds) {
    skipSpace();
    if (text[at] !== '{') return null;
    const start = at;
    skipValue();
    slices.set(id, [start, at]);
    skipSpace();
    at += 1;
  }
  return slices;
}
