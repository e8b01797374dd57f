import { expect, test } from 'vitest';
import type { UsageSeries, UsageSummaryRow } from '../../contract/usage.ts';
import { summaryCsv, usageCsv } from './usage-csv.ts';

const NOW = Date.UTC(2026, 10, 24, 14);

const row: UsageSummaryRow = {
  clusterId: 'team',
  templateId: '4c8g',
  exists: true,
  known: 1,
  heldHours: 4,
  usedHours: 1.5,
  reservedHours: 0,
  idleHours: 2.5,
  deadHours: 0,
  held: 2,
  peakUsed: 1,
  neverNeeded: 1,
  seenMinutes: 60,
  idleSince: NOW - 3_600_000,
};

function summaryOf(...rows: readonly UsageSummaryRow[]): string {
  const range = { from: NOW - 7_200_000, to: NOW, known: 1, simulatedUntil: null };
  return [...summaryCsv({ ...range, rows: [...rows], free: [] })].join('');
}

/** The first cell of the first row. */
const firstCell = (csv: string) => /^.*\r\n.*\r\n.*\r\n((?:"(?:[^"]|"")*"|[^,]*)),/.exec(csv)?.[1];

test('spreadsheet programs read it as UTF-8, and its times as dates', () => {
  const csv = summaryOf(row);
  expect(
    csv.startsWith('\u{feff}# 100.0 % of the range is known\r\n# 2026-11-24 12:00:00 to 2026-11-24 14:00:00 UTC\r\n'),
  ).toBe(true);
  expect(csv.split('\r\n')[3]).toBe('team,4c8g,yes,1,4,1.5,0,2.5,0,2,1,1,2026-11-24 13:00:00,60');
  const total: UsageSeries = {
    clusterId: null,
    templateId: null,
    held: [2, null],
    used: [1, null],
    usedMax: [1, null],
    reserved: [0, null],
    dead: [0, null],
  };
  const chart = [
    ...usageCsv({
      from: NOW,
      to: NOW + 120_000,
      known: 0.5,
      simulatedUntil: null,
      step: 60_000,
      total,
      series: [],
      others: null,
      free: null,
      load: null,
    }),
  ].join('');
  expect(chart.split('\r\n').slice(1)).toEqual([
    'time (UTC),virtual cluster,template,held,used,used at most,reserved,idle,dead',
    '2026-11-24 14:00:00,(all),(all),2,1,1,0,1,0',
    '2026-11-24 14:01:00,(all),(all),,,,,,',
    '',
  ]);
});

test.each([
  ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  [' \u{a0}=1', `"' \u{a0}=1"`],
  ['\t=1', `"'\t=1"`],
  ['＝1', `"'＝1"`],
  ['x;=A1+1;y', `"x;'=A1+1;y"`],
  ['x\t@SUM(A1)', `"x\t'@SUM(A1)"`],
  [`x;=cmd|' /C calc'!A0`, `"x;'=cmd|' /C calc'!A0"`],
  ['x";=1', `"x"";'=1"`],
  ['a;b', '"a;b"'],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
  ['数据组', '数据组'],
  ['team-a', 'team-a'],
])('the name %j is text, whole and no formula', (name, expected) => {
  expect(firstCell(summaryOf({ ...row, clusterId: name }))).toBe(expected);
});
