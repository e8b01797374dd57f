import type { NodeRecord } from './node-record.ts';

/** All that a search of nodes looks in, as one text: to look through one of ten megabytes takes a few milliseconds. */
export interface SearchIndex {
  /**
   * The nodes that have the text in id, host, template, virtual cluster or job cluster, in the haystack's order.
   * `bestFirst`: before the others those of which one of these is all of it, then those where one begins with it.
   */
  find(q: string, bestFirst: boolean): readonly NodeRecord[];
}

export function createSearchIndex(records: readonly NodeRecord[]): SearchIndex {
  const texts = records.map(searchTextOf);
  /** Where each node's text begins; behind the last, where it ends. */
  const starts = new Uint32Array(records.length + 1);
  for (const [index, text] of texts.entries()) starts[index + 1] = (starts[index] ?? 0) + text.length;
  const allText = texts.join('');

  function mark(needle: string, rank: number, ranks: Uint8Array) {
    let index = 0;
    for (let at = allText.indexOf(needle); at !== -1; at = allText.indexOf(needle, starts[index])) {
      while ((starts[index + 1] ?? 0) <= at) index += 1;
      ranks[index] = rank;
      index += 1;
    }
  }

  return {
    find(q, bestFirst) {
      const needle = q.toLowerCase();
      if (needle.includes('\n')) return [];
      const ranks = new Uint8Array(records.length);
      mark(needle, 1, ranks);
      if (bestFirst) mark(`\n${needle}`, 2, ranks);
      if (bestFirst) mark(`\n${needle}\n`, 3, ranks);
      const found: readonly NodeRecord[][] = [[], [], [], []];
      for (const [index, rank] of ranks.entries()) {
        const record = records[index];
        if (rank > 0 && record !== undefined) found[rank]?.push(record);
      }
      return found.toReversed().flat();
    },
  };
}

/** A line a field, so that no match spans two of them. Lower case is dear, so it is kept. */
function searchTextOf(record: NodeRecord): string {
  const { id, hostname, templateId, clusterId, jobClusterId } = record.node;
  return (record.searchText ??=
    `\n${id}\n${hostname ?? ''}\n${templateId ?? ''}\n${clusterId ?? ''}\n${jobClusterId ?? ''}\n`.toLowerCase());
}
