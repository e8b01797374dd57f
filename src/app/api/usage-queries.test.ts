import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { parseSeriesQuery, parseSummaryQuery } from '../../backend/http/usage-query.ts';
import type { ChangeList } from '../../contract/journal.ts';
import { usageRanges, usageSpans } from '../routing/usage-query.ts';
import { scriptedChange } from '../testing/scripted-api.tsx';
import { chartChangesQuery, rangeOf } from './usage-queries.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** At midnight, a moment before and after it, and some time of a day. */
const times = [0, -1, 1, 61_000, 13 * HOUR + 37 * 60_000 + 12_345].map((ms) => 20_000 * DAY + ms);

test.each(usageRanges)('of the last %s, chart, summary and marks begin and end at the same time', async (range) => {
  for (const now of times) {
    const asked = rangeOf({ span: usageSpans[range] }, now);
    const params = new URLSearchParams({ from: String(asked['from']), to: String(asked['to']) });
    const { from, to } = asked;
    expect(parseSummaryQuery(params, now)).toMatchObject({ from, to });
    expect(parseSeriesQuery(params, now)).toMatchObject({ from, to });
    // The end of what is shown stands for now in its files.
    expect(rangeOf({ span: usageSpans[range] }, Number(to))).toEqual(asked);
    const since: unknown[] = [];
    const changes = (query: { readonly since?: number }): Promise<ChangeList> => {
      since.push(query.since);
      return Promise.resolve({
        changes: [],
        total: 0,
        next: null,
        kept: { since: 0, most: 1, days: 1, durable: true },
      });
    };
    await new QueryClient().fetchQuery(chartChangesQuery({ changes }, { now: () => now }, 'team', usageSpans[range]));
    expect(since).toEqual([from]);
  }
});

test('a range of days has all of its days, and begins at a midnight, UTC', () => {
  for (const now of times) {
    const { from, to } = rangeOf({ span: usageSpans['7d'] }, now);
    expect(Number(from) % DAY).toBe(0);
    expect(Number(to) - Number(from)).toBeGreaterThanOrEqual(7 * DAY);
    expect(Number(to) - Number(from)).toBeLessThan(8 * DAY);
  }
});

test('a chart marks more changes than the journal has on a page, of its range only', async () => {
  const all = Array.from({ length: 250 }, (_, n) =>
    scriptedChange(`change-${String(n)}`, { kind: 'release', clusterId: 'team##job' }, null),
  );
  const asked: object[] = [];
  const changes = (query: { readonly offset?: number }): Promise<ChangeList> => {
    asked.push(query);
    const from = query.offset ?? 0;
    const next = from + 100 < all.length ? from + 100 : null;
    const kept = { since: 0, most: 1, days: 1, durable: true };
    return Promise.resolve({ changes: all.slice(from, from + 100), total: all.length, next, kept });
  };
  const query = chartChangesQuery({ changes }, { now: () => 30 * HOUR }, 'team', 24 * HOUR);
  expect(await new QueryClient().fetchQuery(query)).toEqual(all);
  expect(asked).toHaveLength(3);
  expect(asked[0]).toMatchObject({ cluster: 'team', outcome: ['applied'], since: 6 * HOUR });
});
