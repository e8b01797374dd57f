import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TimelineQuery } from '../../../contract/timeline.ts';
import { useConsole } from '../../api/console.tsx';
import {
  MAX_PRELOADED_ROWS,
  MAX_PRINTED_ROWS,
  newerQuery,
  olderTimelineQuery,
  timelineQuery,
} from '../../api/timeline-queries.ts';
import { countFresh, entriesOf, heldEntries, idOf } from './timeline-rows.ts';

/** The timeline as it stands on the screen: what comes while it is read waits until somebody asks for it. */
export function useTimeline(query: TimelineQuery, needsAll: boolean) {
  const { api } = useConsole();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    timelineQuery(api, query),
  );
  const pages = data?.pages ?? [];
  const read = entriesOf(pages);
  const key = JSON.stringify(query);
  const [held, setHeld] = useState<{ readonly key: string; readonly ids: ReadonlySet<string> } | null>(null);
  if (data !== undefined && held?.key !== key) setHeld({ key, ids: new Set(read.map(idOf)) });
  const shown = held?.key === key ? heldEntries(read, held.ids) : read;

  const newer = useQuery({ ...newerQuery(api, query, shown[0]?.at ?? null), enabled: data !== undefined });
  const fresh = countFresh([...read, ...(newer.data?.entries ?? [])], shown);

  const total = pages[0]?.total ?? 0;
  const isShort = total <= MAX_PRELOADED_ROWS;
  const next = pages.at(-1)?.next ?? null;
  const olderThanRead = (most: number) => olderTimelineQuery(api, query, next, Math.max(0, most - read.length));
  const preloaded = useQuery({ ...olderThanRead(MAX_PRELOADED_ROWS), enabled: hasNextPage && isShort });
  const needsMore = needsAll && (!isShort || preloaded.data?.isAll === false);
  const rest = useQuery({ ...olderThanRead(MAX_PRINTED_ROWS), enabled: hasNextPage && needsMore });
  const older = rest.data === undefined && rest.error === null ? preloaded : rest;
  const all = entriesOf([{ entries: shown }, { entries: older.data?.entries ?? [] }]).slice(0, MAX_PRINTED_ROWS);
  const isWhole =
    data !== undefined &&
    (!hasNextPage || older.data?.isAll === true || all.length >= MAX_PRINTED_ROWS || rest.data !== undefined);

  return {
    newest: pages[0] ?? null,
    error,
    retry: () => void refetch(),
    shown,
    /** How many rows have come since; `isMore`: at least. */
    fresh,
    isMore: (newer.data?.next ?? null) !== null,
    showFresh: () => void refetch().then(() => setHeld(null)),
    older: hasNextPage ? { isLoading: isFetchingNextPage, load: () => void fetchNextPage() } : null,
    /** For print: also what is not on the screen. `isAll`: nothing is missing. */
    printed: { entries: all, isWhole, isAll: !hasNextPage || older.data?.isAll === true, error: older.error },
  };
}
