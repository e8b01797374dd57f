import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearch } from 'wouter/use-browser-location';
import { paths } from '../../../contract/paths.ts';
import { useConsole, useFleet } from '../../api/console.tsx';
import {
  seenQuery,
  journalQuery,
  MOST_PRELOADED_CHANGES,
  MOST_PRINTED_CHANGES,
  wholeJournalQuery,
} from '../../api/queries.ts';
import { text } from '../../text/text.ts';
import { withQuery } from '../../api/client.ts';
import { withBasePath } from '../../routing/base-path.ts';
import { usePrint, usePrintWhenLoaded } from '../../ui/use-print.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { fullTimeText } from '../../ui/time-text.ts';
import { isFiltered, toJournalQuery, readJournalFilter } from '../../routing/journal-filter.ts';
import { filterText, JournalFilters } from './journal-filters.tsx';
import { deduplicateChanges, clusterFilterOptions, actorFilterOptions, mergeOlderChanges } from './journal-options.ts';
import { OwnerEdits } from './owner-edits.tsx';
import { JournalRow } from './journal-row.tsx';
import { SeenRow } from './seen-row.tsx';
import { withSeen } from './with-seen.ts';
import classes from './journal-page.module.css';

/** The changes made through this console, by whom, and their results. The filter is in the URL. */
export function JournalPage() {
  const words = text.journal;
  const { api } = useConsole();
  const { fleet } = useFleet();
  const filter = readJournalFilter(useSearch());
  const query = toJournalQuery(filter);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    journalQuery(api, query),
  );
  const changes = deduplicateChanges(data?.pages ?? []);
  const ids = clusterFilterOptions(fleet?.clusters.keys() ?? [], changes, filter.cluster);
  const people = actorFilterOptions(changes, filter.who);
  const newest = data?.pages[0] ?? null;
  const total = newest?.total ?? 0;
  const seen = useQuery(seenQuery(api, query));
  const printing = usePrint();
  const whole = useQuery({
    ...wholeJournalQuery(api, query),
    enabled: hasNextPage && (printing.needsAll || total <= MOST_PRELOADED_CHANGES),
  });
  const printed = mergeOlderChanges(changes, whole.data ?? []).slice(0, MOST_PRINTED_CHANGES);
  const isWhole = data !== undefined && printed.length >= Math.min(total, MOST_PRINTED_CHANGES);
  usePrintWhenLoaded(printing, isWhole, error !== null || whole.error !== null);
  const shown = printing.isPrinting ? printed : changes;

  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <ScreenHeading takesFocus>{words.title}</ScreenHeading>
        <JournalFilters filter={filter} clusters={ids} people={people} />
        <p className="print-only">{filterText(filter)}</p>
      </div>
      <p className="quiet">
        {words.scope}
        {newest !== null && <span> {words.kept({ ...newest.kept, since: fullTimeText(newest.kept.since) })}</span>}
      </p>
      {newest !== null && newest.total > 0 && (
        <p className={classes['message']}>
          <span className="quiet">
            {words.total(newest.total)}
            {printing.isPrinting && printed.length < newest.total && ` ${words.printed(printed.length)}`}
          </span>
          <a href={withBasePath(withQuery(paths.changesExport, query))} download className="screen-only">
            {words.export}
          </a>
          <button type="button" className="link-button" onClick={printing.request}>
            {words.print}
          </button>
          <span role="status" className="quiet screen-only">
            {printing.needsAll && !isWhole && words.loadingToPrint}
            {whole.error !== null && words.failed(whole.error.message)}
          </span>
        </p>
      )}
      {error !== null && (
        <div role="alert" className={classes['message']}>
          <p>{words.failed(error.message)}</p>
          <Button size="xs" variant="default" onClick={() => void refetch()}>
            {words.again}
          </Button>
        </div>
      )}
      {data === undefined ? (
        error === null && <p className="quiet">{words.loading}</p>
      ) : changes.length === 0 && (seen.data?.entries.length ?? 0) === 0 ? (
        <div className={classes['message']}>
          <p>{isFiltered(filter) ? words.noMatch : words.empty}</p>
        </div>
      ) : (
        <table className={`full-width-table ${classes['table'] ?? ''}`} aria-label={words.table}>
          <thead>
            <tr>
              <th scope="col">{words.head.when}</th>
              <th scope="col">{words.head.who}</th>
              <th scope="col">{words.head.cluster}</th>
              <th scope="col">{words.head.what}</th>
              <th scope="col">{words.head.outcome}</th>
            </tr>
          </thead>
          <tbody>
            {withSeen(shown, seen.data?.entries ?? [], hasNextPage && !printing.isPrinting).map((entry) =>
              entry.type === 'change' ? (
                <JournalRow key={entry.change.id} change={entry.change} />
              ) : (
                <SeenRow key={entry.seen.id} observation={entry.seen} />
              ),
            )}
          </tbody>
        </table>
      )}
      {filter.outcome === null && <OwnerEdits query={query} />}
      {hasNextPage && (
        <div>
          <Button size="xs" variant="default" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? words.loading : words.older}
          </Button>
        </div>
      )}
    </div>
  );
}
