import type { Extraction } from './extraction.ts';
import { createJsonCutter } from './json-cutter.ts';
import type { TextSink } from './text-sink.ts';

/** The most nodes that are kept of one reply: twice as many as the console is built for. */
export const MAX_NODES_KEPT = 200_000;

/** A JSON cutter that reports its text as too large once more than `most` of what it cuts out are kept. `count`: how many are kept now. */
export function boundedSink(extractions: readonly Extraction[], count: () => number, most: number): TextSink {
  const cutter = createJsonCutter(extractions);
  return { ...cutter, problem: () => cutter.problem() ?? (count() > most ? 'too-large' : null) };
}
