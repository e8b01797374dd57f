import { Button } from '@mantine/core';
import { useSearch } from 'wouter/use-browser-location';
import { paths } from '../../../contract/paths.ts';
import { useFleet } from '../../api/console.tsx';
import { text } from '../../text/text.ts';
import { timelineText } from '../../text/timeline-text.ts';
import { withQuery } from '../../api/client.ts';
import { withBasePath } from '../../routing/base-path.ts';
import { usePrint, usePrintWhenLoaded } from '../../ui/use-print.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { Term } from '../../ui/term.tsx';
import { fullTimeText } from '../../ui/time-text.ts';
import { isFiltered, readJournalFilter, toTimelineQuery } from '../../routing/journal-filter.ts';
import { filterText, JournalFilters } from './journal-filters.tsx';
import { clusterFilterOptions, actorFilterOptions } from './journal-options.ts';
import { TimelineTable } from './timeline-table.tsx';
import { useTimeline } from './use-timeline.ts';
import classes from './journal-page.module.css';

/** The timeline: changes made through this console, also of owners, and what it saw besides. The filter is in the URL. */
export function JournalPage() {
  const words = text.journal;
  const { fleet } = useFleet();
  const filter = readJournalFilter(useSearch());
  const query = toTimelineQuery(filter);
  const { kinds, ...asked } = query;
  const printing = usePrint();
  const { newest, error, retry, shown, fresh, isMore, showFresh, older, printed } = useTimeline(
    query,
    printing.needsAll,
  );
  const ids = clusterFilterOptions(fleet?.clusters.keys() ?? [], shown, filter.cluster);
  const people = actorFilterOptions(shown, filter.who);
  usePrintWhenLoaded(printing, printed.isWhole, error !== null || printed.error !== null);

  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <ScreenHeading takesFocus>{words.title}</ScreenHeading>
        <JournalFilters filter={filter} clusters={ids} people={people} />
        <p className="print-only">{filterText(filter)}</p>
      </div>
      <p className="quiet">
        {timelineText.scope.before}
        <Term of="seen">{timelineText.scope.seen}</Term>
        {text.joins.sentences([
          timelineText.scope.after,
          ...(newest === null
            ? []
            : [timelineText.kept({ ...newest.kept, since: fullTimeText(newest.kept.since) }, newest.seenKept)]),
        ])}
      </p>
      {newest !== null && newest.entries.length > 0 && (
        <p className={classes['message']}>
          <span className="quiet">
            {words.total(newest.total)}
            {printing.isPrinting && !printed.isAll && ` ${words.printed(printed.entries.length)}`}
          </span>
          <a
            href={withBasePath(withQuery(paths.timelineExport, { ...asked, kind: kinds }))}
            download
            className="screen-only"
          >
            {words.export}
          </a>
          <button type="button" className="link-button" onClick={printing.request}>
            {words.print}
          </button>
          <span role="status" className="quiet screen-only">
            {printing.needsAll && !printed.isWhole && words.loadingToPrint}
            {printed.error !== null && words.failed(printed.error.message)}
          </span>
        </p>
      )}
      {error !== null && (
        <div role="alert" className={classes['message']}>
          <p>{words.failed(error.message)}</p>
          <Button size="xs" variant="default" onClick={retry}>
            {words.again}
          </Button>
        </div>
      )}
      <div role="status" className={`screen-only ${classes['fresh'] ?? ''}`}>
        {fresh > 0 && (
          <Button size="compact-sm" onClick={showFresh} title={timelineText.freshDetail}>
            {timelineText.fresh(fresh, isMore)}
          </Button>
        )}
      </div>
      {newest === null ? (
        error === null && <p className="quiet">{words.loading}</p>
      ) : shown.length === 0 ? (
        <div className={classes['message']}>
          <p>{isFiltered(filter) ? words.noMatch : words.empty}</p>
        </div>
      ) : (
        <TimelineTable entries={printing.isPrinting ? printed.entries : shown} />
      )}
      {older !== null && (
        <div>
          <Button size="xs" variant="default" disabled={older.isLoading} onClick={older.load}>
            {older.isLoading ? words.loading : words.older}
          </Button>
        </div>
      )}
    </div>
  );
}
