import { useAtServerTime } from '../../api/console.tsx';
import type { TimelineEntry } from '../../../contract/timeline.ts';
import { text } from '../../text/text.ts';
import { JournalRow } from './journal-row.tsx';
import { OwnerRow } from './owner-row.tsx';
import { SeenRow } from './seen-row.tsx';
import { dayText, daysOf, idOf, type TimelineDay } from './timeline-rows.ts';
import classes from './journal-page.module.css';
import { Term } from '../../ui/term.tsx';

/** What was changed, whose the virtual clusters became, and what was seen, newest first, by day. */
export function TimelineTable({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const words = text.journal;
  return (
    <table className={`full-width-table ${classes['table'] ?? ''}`} aria-label={words.table}>
      <thead>
        <tr>
          <th scope="col">{words.head.when}</th>
          <th scope="col" className={classes['who']}>
            {words.head.who}
          </th>
          <th scope="col" className={classes['cluster']}>
            <Term of="virtual-cluster">{words.head.cluster}</Term>
          </th>
          <th scope="col">{words.head.what}</th>
          <th scope="col" className={classes['outcome']}>
            <Term of="outcome">{words.head.outcome}</Term>
          </th>
        </tr>
      </thead>
      {daysOf(entries).map((day) => (
        <Day key={day.key} day={day} />
      ))}
    </table>
  );
}

function Day({ day: { at, entries } }: { readonly day: TimelineDay }) {
  const name = useAtServerTime(60_000, (now) => dayText(at, now));
  return (
    <tbody>
      <tr className={classes['day']}>
        <th scope="rowgroup" colSpan={5}>
          {name}
        </th>
      </tr>
      {entries.map((entry) => (
        <Entry key={idOf(entry)} entry={entry} />
      ))}
    </tbody>
  );
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  switch (entry.type) {
    case 'change':
      return <JournalRow change={entry.change} />;
    case 'edit':
      return <OwnerRow edit={entry.edit} />;
    case 'seen':
      return <SeenRow observation={entry.seen} />;
  }
}
