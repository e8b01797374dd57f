import type { Report } from '../measurements.ts';
import { measureUnchangedRead } from './unchanged-read.ts';

/** An unchanged read of Ray costs at most so many times `JSON.parse` of the same replies. */
const AT_MOST = 3;

/** What an unchanged read of Ray costs, beside `JSON.parse` of the same replies. */
export async function benchReads(options: {
  readonly report: Report;
  readonly fleets: readonly { readonly nodes: number; readonly clusters: number }[];
  readonly rounds: number;
}): Promise<void> {
  for (const { nodes, clusters } of options.fleets) {
    const came = await measureUnchangedRead(nodes, clusters, options.rounds);
    const report: Report = (one) => options.report({ ...one });
    const bytes = Object.values(came.bytes).reduce((sum, each) => sum + each, 0);
    report({
      part: 'reads',
      what: 'replies of Ray',
      nodes,
      value: bytes / 1e6,
      unit: 'MB',
      note: 'all but the node summary, which says nothing that these don’t',
    });
    report({ part: 'reads', what: 'JSON.parse alone', nodes, value: came.parseMs, unit: 'ms' });
    report({
      part: 'reads',
      what: 'read whole: parse, validation, join, versions',
      nodes,
      value: came.readMs,
      unit: 'ms',
    });
    report({
      part: 'reads',
      what: 'read whole / JSON.parse',
      nodes,
      value: came.readMs / came.parseMs,
      unit: 'ratio',
      atMost: nodes === 100_000 ? AT_MOST : null,
      note: `medians of ${String(options.rounds - 1)} in turns`,
    });
    report({
      part: 'reads',
      what: 'longest that another request waits meanwhile',
      nodes,
      value: came.longestBlockMs,
      unit: 'ms',
    });
    report({
      part: 'reads',
      what: 'versions that moved although nothing had',
      nodes,
      value: came.versionsMoved,
      unit: 'count',
      atMost: 0,
    });
  }
}
