import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { ChangeList } from '../../contract/journal.ts';
import { scriptedChange } from '../testing/scripted-api.tsx';
import { chartChangesQuery } from './usage-queries.ts';

const HOUR = 3_600_000;

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
