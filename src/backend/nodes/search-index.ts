import type { NodeRecord } from './node-record.ts';

/** The searchable text of all nodes in one string: searching ten megabytes takes a few ms. */
export interface SearchIndex {
  /**
   * The nodes with the text in id, host, template, virtual cluster or job cluster, in the order of the index.
   * `bestFirst`: first those where it is a whole field, then those where a field begins with it, then the others.
   */
  find(q: string, bestFirst: boolean): readonly NodeRecord[];
}

export function createSearchIndex(records: readonly NodeRecord[]): SearchIndex {
  const texts = records.map(searchTextOf);
  /** Where each node's text begins, and where the last one ends. */
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

/** One line per field, so that no match spans two. Cached, because lower-casing is expensive. */
function searchTextOf(record: NodeRecord): string {
  const { id, hostname, templateId, clusterId, jobClusterId } = record.node;
  return (record.searchText ??=
    `\n${id}\n${hostname ?? ''}\n${templateId ?? ''}\n${clusterId ?? ''}\n${jobClusterId ?? ''}\n`.toLowerCase());
}
