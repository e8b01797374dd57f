import { queryOptions } from '@tanstack/react-query';
import type { Change } from '../../contract/change.ts';
import type { ChangeList } from '../../contract/journal.ts';
import { paths } from '../../contract/paths.ts';
import { MAX_EXACT_SUMMARY, usageReply, usageSummary, usageTrends } from '../../contract/usage.ts';
import type { Clock } from '../../clock.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long the shown range is; it ends now. */
export interface UsageAsk {
  readonly cluster?: string;
  readonly template?: string;
  readonly by?: 'cluster' | 'template';
  readonly span: number;
}

/** Usage over a range that ends now; read again as often as a new point may have come, a minute at the soonest. */
export function usageQuery(api: Api, time: Pick<Clock, 'now'>, ask: UsageAsk) {
  return queryOptions({
    queryKey: queryKeys.usage.series(ask),
    queryFn: ({ signal }) => api.read(paths.usage, rangeOf(ask, time.now()), usageReply, signal),
    // What was asked for while the chart's code was loaded is not asked for again.
    staleTime: MINUTE / 2,
    refetchInterval: Math.max(MINUTE, ask.span / 600),
    gcTime: 5 * MINUTE,
  });
}

/** The most changes that a chart marks: they are merged where they are close. */
const MAX_MARKED = 1_000;

/** The changes of one virtual cluster that were applied in a range that ends now: the journal's pages, as many as it has of them. */
export function chartChangesQuery(api: Pick<Api, 'changes'>, time: Pick<Clock, 'now'>, cluster: string, span: number) {
  return queryOptions({
    queryKey: queryKeys.changes.marks(cluster, span),
    async queryFn({ signal }) {
      const query = { cluster, outcome: ['applied'], since: beginOf(span, time.now()) } as const;
      const changes: Change[] = [];
      for (let offset: number | null = 0; offset !== null && changes.length < MAX_MARKED;) {
        const page: ChangeList = await api.changes({ ...query, offset }, signal);
        changes.push(...page.changes);
        offset = page.next;
      }
      return changes;
    },
    refetchInterval: MINUTE,
    gcTime: 5 * MINUTE,
  });
}

export function usageSummaryQuery(api: Api, time: Pick<Clock, 'now'>, ask: Omit<UsageAsk, 'by'>) {
  return queryOptions({
    queryKey: queryKeys.usage.summary(ask),
    queryFn: ({ signal }) => api.read(paths.usageSummary, rangeOf(ask, time.now()), usageSummary, signal),
    refetchInterval: 5 * MINUTE,
    gcTime: 5 * MINUTE,
  });
}

/** The last 7 days of every virtual cluster, in steps of 6 hours. */
export function usageTrendsQuery(api: Api) {
  return queryOptions({
    queryKey: queryKeys.usage.trends,
    queryFn: ({ signal }) => api.read(paths.usageTrends, {}, usageTrends, signal),
    staleTime: 30 * MINUTE,
    refetchInterval: 30 * MINUTE,
  });
}

/** The query of a range that ends with the minute under way. */
export function rangeOf({ span, ...what }: UsageAsk, now: number): Record<string, string | number> {
  return { ...what, from: beginOf(span, now), to: endOf(now) };
}

/** Whether a range is of whole days, from a midnight (UTC) on: longer summaries are made of the sums of days, to be fast. */
export function isOfWholeDays(span: number): boolean {
  return span > MAX_EXACT_SUMMARY;
}

/**
 * When a range that ends now begins: where the back end begins both a summary of it and the steps of a chart, so that the chart, the
 * sums, the marks and the files of one range cover the same time.
 */
function beginOf(span: number, now: number): number {
  const grain = isOfWholeDays(span) ? DAY : span === DAY ? 5 * MINUTE : MINUTE;
  return Math.floor((endOf(now) - span) / grain) * grain;
}

function endOf(now: number): number {
  return Math.ceil(now / MINUTE) * MINUTE;
}
