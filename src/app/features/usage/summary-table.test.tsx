// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { UsageSummaryRow } from '../../../contract/usage.ts';
import type { SummarySort } from '../../routing/usage-query.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { SummaryTable } from './summary-table.tsx';

beforeEach(() => stubMediaQueries(false));
afterEach(cleanup);

function row(n: number): UsageSummaryRow {
  return {
    clusterId: `team-${String(n)}`,
    templateId: '4c8g',
    exists: false,
    known: 1,
    heldHours: n,
    usedHours: 0,
    reservedHours: 0,
    idleHours: n,
    deadHours: 0,
    held: 1,
    peakUsed: 0,
    neverNeeded: 1,
    seenMinutes: 10_080,
    idleSince: null,
  };
}

test('another order is shown from its first page on', () => {
  const rows = Array.from({ length: 150 }, (_, n) => row(n));
  const asked: SummarySort[] = [];
  const table = (sort: SummarySort) => (
    <MantineProvider>
      <SummaryTable rows={rows} sort={sort} descending onSort={(each) => asked.push(each)} from={0} to={0} />
    </MantineProvider>
  );
  const { rerender } = render(table('idle'));
  fireEvent.click(screen.getByText('Next'));
  expect(screen.queryByText(/^team-149/)).toBeNull();
  fireEvent.click(screen.getByText('Held'));
  expect(asked).toEqual(['held']);
  rerender(table('held'));
  expect(screen.getByText(/^team-149/)).toBeTruthy();
});
