import { useMemo } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { UsageSummaryRow } from '../../../contract/usage.ts';
import { Link } from '../../routing/link.tsx';
import { pathTo } from '../../routing/routes.ts';
import { summarySorts, type SummarySort } from '../../routing/usage-query.ts';
import { usageText } from '../../text/usage-text.ts';
import { text } from '../../text/text.ts';
import { countText } from '../../text/en/count-text.ts';
import { Pager, usePagination } from '../../ui/pager.tsx';
import { useIsPrinting } from '../../ui/use-is-printing.ts';
import { amountText, idleText } from '../../usage-ui/chart-words.ts';
import { percentText } from '../../usage-ui/usage-notes.tsx';
import { seenText } from './seen-text.ts';
import { sortedRows, totalsOf, usedFraction } from './summary-rows.ts';
import classes from './usage-page.module.css';

/**
 * Rows on the screen at once: with 1,000 virtual clusters × 10 templates there are 10,000. Pages, and not the list's rows that come and go
 * with scrolling: those show some 20 at a time in a scrolled box of their own, with columns of a fixed width, and the browser's search,
 * a selection and a screen reader's table find no others.
 */
const SIZE = 100;
/** Rows on paper. */
const MAX_PRINTED = 2_000;

interface SummaryTableProps {
  readonly rows: readonly UsageSummaryRow[];
  readonly sort: SummarySort;
  readonly descending: boolean;
  readonly onSort: (sort: SummarySort) => void;
  /** The range, ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Node-hours by virtual cluster and template, with their sums. */
export function SummaryTable({ rows, sort, descending, onSort, from, to }: SummaryTableProps) {
  const words = usageText.summary;
  const sorted = useMemo(() => sortedRows(rows, sort, descending), [rows, sort, descending]);
  const totals = useMemo(() => totalsOf(rows), [rows]);
  const pages = usePagination(sorted.length, SIZE);
  const isPrinting = useIsPrinting();
  const shown = isPrinting ? sorted.slice(0, MAX_PRINTED) : sorted.slice(pages.from, pages.to);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard */}
      <div className={classes['scroller']} role="region" aria-label={words.table} tabIndex={0}>
        <table className={classes['summary']} aria-label={words.table}>
          <thead>
            <tr>
              {summarySorts.map((each) => (
                <th key={each} scope="col" aria-sort={each !== sort ? 'none' : descending ? 'descending' : 'ascending'}>
                  <button
                    type="button"
                    onClick={() => {
                      // What comes first now is on the first page.
                      pages.toFirst();
                      onSort(each);
                    }}
                  >
                    {words.head[each]}
                    <span aria-hidden="true">{each !== sort ? '' : descending ? ' ↓' : ' ↑'}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className={classes['totals']}>
              <th scope="row" colSpan={2}>
                {words.total} <span className="quiet">{text.joins.bracket(words.rows(rows.length))}</span>
              </th>
              <td>{hoursText(totals.held)}</td>
              <td>{hoursText(totals.used)}</td>
              <td>{hoursText(totals.reserved)}</td>
              <td>{hoursText(totals.idle)}</td>
              <td>{hoursText(totals.dead)}</td>
              <td>{totals.percent === null ? '–' : percentText(totals.percent)}</td>
              <td>–</td>
              <td>{countText(totals.neverNeeded)}</td>
              <td>–</td>
            </tr>
            {shown.map((row) => (
              <Row key={`${row.clusterId} ${row.templateId}`} row={row} from={from} to={to} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} label={words.table} />
    </>
  );
}

interface RowProps extends Pick<SummaryTableProps, 'from' | 'to'> {
  readonly row: UsageSummaryRow;
}

function Row({ row, from, to }: RowProps) {
  const words = usageText.summary;
  const fraction = usedFraction(row);
  const isUnknown = row.known === 0;
  const seen = row.neverNeeded === null ? null : seenText(row.seenMinutes, to - from);
  const hours = (value: number) => (isUnknown ? usageText.unknown : hoursText(value));
  return (
    <tr>
      <th scope="row" className={classes['id']}>
        {row.exists ? (
          <Link href={pathTo.cluster(row.clusterId)}>{readableClusterId(row.clusterId)}</Link>
        ) : (
          <>
            {readableClusterId(row.clusterId)} <span className="quiet">{text.joins.bracket(words.gone)}</span>
          </>
        )}
      </th>
      <td className={classes['template']}>{row.templateId}</td>
      <td>{hoursText(row.heldHours)}</td>
      <td>{hours(row.usedHours)}</td>
      <td>{hours(row.reservedHours)}</td>
      <td>{hours(row.idleHours)}</td>
      <td>{hoursText(row.deadHours)}</td>
      <td title={row.known < 1 ? words.partly(percentText(row.known)) : undefined}>
        {fraction === null ? usageText.unknown : `${percentText(fraction)}${row.known < 1 ? ' *' : ''}`}
      </td>
      <td>{row.peakUsed === null ? usageText.unknown : amountText(row.peakUsed)}</td>
      <td title={seen === null ? undefined : words.seen(seen)}>
        {row.neverNeeded === null ? usageText.unknown : `${countText(row.neverNeeded)}${seen === null ? '' : ' *'}`}
      </td>
      <td>{row.idleSince === null ? '–' : idleText(to - row.idleSince)}</td>
    </tr>
  );
}

/** Node-hours to a tenth below 10, and whole above. */
function hoursText(value: number): string {
  return value < 10 ? amountText(value) : countText(Math.round(value));
}
