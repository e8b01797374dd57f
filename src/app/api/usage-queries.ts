import { queryOptions } from '@tanstack/react-query';
import { paths } from '../../contract/paths.ts';
import { usageReply, usageSummary } from '../../contract/usage.ts';
import type { Clock } from '../../clock.ts';
import type { Api } from './client.ts';
import { queryKeys } from './query-keys.ts';

const MINUTE = 60_000;

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
    refetchInterval: Math.max(MINUTE, ask.span / 600),
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

/** The query of a range that ends now, to whole minutes: the back end aligns it to its step. */
export function rangeOf({ span, ...what }: UsageAsk, now: number): Record<string, string | number> {
  const to = Math.ceil(now / MINUTE) * MINUTE;
  return { ...what, from: to - span, to };
}
