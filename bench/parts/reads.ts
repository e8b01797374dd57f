import type { Report } from '../measurements.ts';
import { measureUnchangedRead } from './unchanged-read.ts';

/** The limit of the cost of an unchanged read relative to `JSON.parse` of the same replies. */
const MAX_RATIO = 3;

/** Measures an unchanged read of Ray against `JSON.parse` of the same replies. */
export async function benchReads(options: {
  readonly report: Report;
  readonly fleets: readonly { readonly nodes: number; readonly clusters: number }[];
  readonly rounds: number;
}): Promise<void> {
  for (const { nodes, clusters } of options.fleets) {
    const cost = await measureUnchangedRead(nodes, clusters, options.rounds);
    const report: Report = (one) => options.report({ ...one });
    const bytes = Object.values(cost.bytes).reduce((sum, each) => sum + each, 0);
    report({
      part: 'reads',
      what: 'replies of Ray',
      nodes,
      value: bytes / 1e6,
      unit: 'MB',
      note: 'all but the node summary, which says nothing that these don’t',
    });
    report({ part: 'reads', what: 'JSON.parse alone', nodes, value: cost.parseMs, unit: 'ms' });
    report({
      part: 'reads',
      what: 'read whole: parse, validation, join, versions',
      nodes,
      value: cost.readMs,
      unit: 'ms',
    });
    report({
      part: 'reads',
      what: 'read whole / JSON.parse',
      nodes,
      value: cost.readMs / cost.parseMs,
      unit: 'ratio',
      atMost: nodes === 100_000 ? MAX_RATIO : null,
      note: `medians of ${String(options.rounds - 1)} in turns`,
    });
    report({
      part: 'reads',
      what: 'longest that another request waits meanwhile',
      nodes,
      value: cost.longestBlockMs,
      unit: 'ms',
    });
    report({
      part: 'reads',
      what: 'versions that moved although nothing had',
      nodes,
      value: cost.versionsMoved,
      unit: 'count',
      atMost: 0,
    });
  }
}
