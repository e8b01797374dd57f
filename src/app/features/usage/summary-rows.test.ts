import { expect, test, vi } from 'vitest';
import type { UsageSummaryRow } from '../../../contract/usage.ts';
import { clusterOf } from '../../testing/cluster-fixture.ts';
import { giveBackDraft } from './give-back.ts';
import { idleCapacity, sortedRows, totalsOf } from './summary-rows.ts';

function row(clusterId: string, more: Partial<UsageSummaryRow> = {}): UsageSummaryRow {
  return {
    clusterId,
    templateId: '4c8g',
    exists: true,
    known: 1,
    heldHours: 10,
    usedHours: 4,
    reservedHours: 1,
    idleHours: 5,
    deadHours: 0,
    held: 2,
    peakUsed: 1,
    neverNeeded: 1,
    seenMinutes: 10_080,
    idleSince: null,
    ...more,
  };
}

const ids = (rows: readonly UsageSummaryRow[]) => rows.map(({ clusterId }) => clusterId);

test('sorts either way, with what is not known at the end of both', () => {
  const rows = [
    row('team-10', { peakUsed: 3 }),
    row('team-2', { peakUsed: null }),
    row('team-1', { peakUsed: 7 }),
    row('team-3', { peakUsed: 3 }),
  ];
  expect(ids(sortedRows(rows, 'peak', true))).toEqual(['team-1', 'team-3', 'team-10', 'team-2']);
  expect(ids(sortedRows(rows, 'peak', false))).toEqual(['team-3', 'team-10', 'team-1', 'team-2']);
  expect(ids(sortedRows(rows, 'cluster', false))).toEqual(['team-1', 'team-2', 'team-3', 'team-10']);
});

test('the longest idle comes first', () => {
  const rows = [row('now'), row('short', { idleSince: 200 }), row('long', { idleSince: 100 })];
  expect(ids(sortedRows(rows, 'idle-since', true))).toEqual(['long', 'short', 'now']);
});

test('however many rows there are, names are compared by one collator', () => {
  // `localeCompare` with options builds one at each comparison.
  const collators = vi.spyOn(Intl, 'Collator');
  const comparisons = vi.spyOn(String.prototype, 'localeCompare');
  const rows = Array.from({ length: 1_000 }, (_, at) => row(`team-${String((at * 7_919) % 1_000)}`));
  expect(sortedRows(rows, 'cluster', false)[999]?.clusterId).toBe('team-999');
  expect(collators.mock.calls.length).toBeLessThanOrEqual(1);
  expect(comparisons).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

test('the sums: what does not exist any more can give nothing back', () => {
  expect(totalsOf([row('a'), row('b', { exists: false, neverNeeded: 5 })])).toEqual({
    held: 20,
    used: 8,
    reserved: 2,
    idle: 10,
    dead: 0,
    percent: 0.4,
    neverNeeded: 1,
  });
});

test('idle capacity: what was never needed, most first, and nothing of what is not known or gone', () => {
  const rows = [
    row('some', { neverNeeded: 1 }),
    row('most', { neverNeeded: 4 }),
    row('none', { neverNeeded: 0 }),
    row('unknown', { neverNeeded: null }),
    row('gone', { exists: false, neverNeeded: 9 }),
  ];
  expect(ids(idleCapacity(rows))).toEqual(['most', 'some']);
});

test('giving back fills the form with fewer of that template, on the newest revision, never below none', () => {
  const team = clusterOf({ '4c8g': 6, gpu_a10: 2 }, { id: 'team', revision: '7' });
  const fleet = { version: 'e-1', clusters: new Map([['team', team]]) };
  const typed = (count: number) => {
    const draft = giveBackDraft(fleet, { clusterId: 'team', templateId: '4c8g', count }, 5);
    return [draft?.origin, draft?.base?.revision, ...(draft?.fields ?? []).map((field) => field.typed)];
  };
  expect(typed(4)).toEqual(['usage', '7', '2', '2']);
  expect(typed(9)).toEqual(['usage', '7', '0', '2']);
  expect(giveBackDraft(fleet, { clusterId: 'gone', templateId: '4c8g', count: 1 }, 5)).toBeNull();
  expect(giveBackDraft(fleet, { clusterId: 'team', templateId: 'other', count: 1 }, 5)).toBeNull();
});
