import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { useConsole, useFleet } from '../api/console.tsx';
import { journalQuery } from '../api/queries.ts';
import { text } from '../text/text.ts';
import { go, Link } from '../ui/link.tsx';
import { ScreenHeading } from '../ui/screen-heading.tsx';
import { fullTimeText } from '../ui/time.ts';
import { changesOnce, journalClusters } from './journal-list.ts';
import { journalPath, readJournalCluster } from './journal-path.ts';
import { JournalRow } from './journal-row.tsx';
import classes from './journal-page.module.css';

/** What was changed through this console, by whom, and what came of it. The virtual cluster asked for is in the URL. */
export function JournalPage() {
  const words = text.journal;
  const { api } = useConsole();
  const { fleet } = useFleet();
  const clusterId = readJournalCluster(useSearch());
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(journalQuery(api, clusterId));
  const changes = useMemo(() => changesOnce(data?.pages ?? []), [data]);
  const ids = useMemo(() => journalClusters(fleet?.clusters.keys() ?? [], changes, clusterId), [fleet, changes, clusterId]);
  const kept = data?.pages[0]?.kept ?? null;

  return (
    <div className={classes['page']}>
      <div className={classes['head']}>
        <ScreenHeading takesFocus>{words.title}</ScreenHeading>
        <NativeSelect
          size="xs"
          aria-label={words.filter.label}
          value={clusterId ?? ''}
          onChange={(event) => go(journalPath(event.currentTarget.value === '' ? null : event.currentTarget.value))}
          data={[{ value: '', label: words.filter.all }, ...ids.map((id) => ({ value: id, label: id }))]}
        />
      </div>
      <p className="quiet">
        {words.scope} {kept !== null && words.kept(kept.most, fullTimeText(kept.since))}
      </p>
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
      ) : changes.length === 0 ? (
        <div className={classes['message']}>
          <p>{clusterId === null ? words.empty : words.emptyFor(clusterId)}</p>
          {clusterId !== null && <Link href={journalPath(null)}>{words.clear}</Link>}
        </div>
      ) : (
        <table className={classes['table']} aria-label={words.table}>
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
            {changes.map((change) => (
              <JournalRow key={change.id} change={change} />
            ))}
          </tbody>
        </table>
      )}
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
