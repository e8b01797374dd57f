import type { Change } from '../../contract/change.ts';
import type { ChartModel } from './chart-model.ts';

/** Changes close together in a chart: one mark. */
export interface ChartMark {
  /** Where, from 0 at the chart's left to 1 at its right. */
  readonly place: number;
  /** When the first and the last of them were asked for, ms since 1970. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** Marks for what was done in a chart's range, none closer to the one before than `least`, a fraction of the width. */
export function chartMarks(
  { from, to }: Pick<ChartModel, 'from' | 'to'>,
  changes: readonly Pick<Change, 'askedAt' | 'result'>[],
  least: number,
): readonly ChartMark[] {
  const span = to - from;
  const marks: { place: number; first: number; last: number; count: number }[] = [];
  const times = changes
    .filter(({ askedAt, result }) => result?.kind === 'applied' && askedAt >= from && askedAt < to)
    .map(({ askedAt }) => askedAt)
    .toSorted((a, b) => a - b);
  for (const at of times) {
    const place = (at - from) / span;
    const before = marks.at(-1);
    if (before !== undefined && place - before.place < least) {
      before.last = at;
      before.count += 1;
    } else marks.push({ place, first: at, last: at, count: 1 });
  }
  return marks;
}
