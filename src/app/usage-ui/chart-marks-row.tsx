import type { Change } from '../../contract/change.ts';
import { journalPathFor, NO_FILTER } from '../routing/journal-filter.ts';
import { Link } from '../routing/link.tsx';
import { text } from '../text/text.ts';
import { usageText } from '../text/usage-text.ts';
import { clockText, dateText } from '../ui/time-text.ts';
import type { ChartModel } from './chart-model.ts';
import { chartMarks } from './chart-marks.ts';
import classes from './usage-chart.module.css';

/** The width of a mark in pixels: wide enough to hit. */
const WIDTH = 24;

interface ChartMarksProps {
  readonly model: ChartModel;
  readonly area: { readonly left: number; readonly width: number };
  readonly clusterId: string;
  readonly changes: readonly Change[];
}

/** Links to the journal's changes below the time axis, each where it happened. */
export function ChartMarks({ model, area, clusterId, changes }: ChartMarksProps) {
  const marks = chartMarks(model, changes, WIDTH / Math.max(WIDTH, area.width));
  if (marks.length === 0) return null;
  return (
    <ul className={`plain-list ${classes['marks'] ?? ''}`} aria-label={usageText.chart.marks}>
      {marks.map(({ place, first, last, count }) => {
        const words = usageText.chart.mark(count, text.ago.dateAndTime(dateText(first), clockText(first)));
        return (
          <li key={first} style={{ left: area.left + place * area.width - WIDTH / 2 }}>
            <Link
              href={journalPathFor({ ...NO_FILTER, cluster: clusterId, from: dayOf(first), to: dayOf(last) })}
              aria-label={words}
              title={words}
            >
              <span aria-hidden="true">▲</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** The reader's day, as the journal's filter has it. */
function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
