import type { UsageSeries, UsageSummary, UsageSummaryRow } from '../../contract/usage.ts';
import type { UsageOver } from './usage-series.ts';

/** Steps of all series in one piece. */
const STEPS_AT_ONCE = 50;

/** Rows of a summary in one piece. */
const ROWS_AT_ONCE = 200;

/** Spreadsheet programs take text without it for that of an old code page. */
const UTF8_MARK = '\u{feff}';

/** Usage as a table for spreadsheets, a line for each step and series, in pieces. Unknown: an empty cell. */
export function* usageCsv(reply: UsageOver): Generator<string> {
  yield UTF8_MARK + knownLine(reply.known);
  yield 'time (UTC),virtual cluster,template,held,used,used at most,reserved,idle,dead\r\n';
  const all: [string, UsageSeries][] = [
    ['(all)', reply.total],
    ...reply.series.map((each): [string, UsageSeries] => ['(all)', each]),
  ];
  if (reply.others !== null) all.push(['(others)', reply.others.series]);
  const count = reply.total.held.length;
  for (let at = 0; at < count; at += STEPS_AT_ONCE) {
    let piece = '';
    for (let i = at; i < Math.min(count, at + STEPS_AT_ONCE); i++)
      for (const [name, series] of all) piece += `${lineOf(reply.from + i * reply.step, name, series, i)}\r\n`;
    yield piece;
  }
}

/** Node-hours as a table for spreadsheets, a line for each virtual cluster and template, in pieces. Unknown: an empty cell. */
export function* summaryCsv({ from, to, known, rows }: UsageSummary): Generator<string> {
  yield UTF8_MARK + knownLine(known);
  yield `# ${timeText(from)} to ${timeText(to)} UTC\r\n`;
  yield 'virtual cluster,template,exists,known,held hours,used hours,reserved hours,idle hours,dead hours,held,peak used,never needed,idle since (UTC),seen minutes\r\n';
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    yield rows
      .slice(at, at + ROWS_AT_ONCE)
      .map(summaryLine)
      .join('');
}

function summaryLine(row: UsageSummaryRow): string {
  // What the nodes did is not known in a time of which nothing is.
  const hours = (value: number) => (row.known === 0 ? '' : String(value));
  const cells = [
    cell(row.clusterId),
    cell(row.templateId),
    row.exists ? 'yes' : 'no',
    String(Math.round(row.known * 1_000) / 1_000),
    String(row.heldHours),
    hours(row.usedHours),
    hours(row.reservedHours),
    hours(row.idleHours),
    String(row.deadHours),
    String(row.held),
    row.peakUsed === null ? '' : String(row.peakUsed),
    row.neverNeeded === null ? '' : String(row.neverNeeded),
    row.idleSince === null ? '' : timeText(row.idleSince),
    String(row.seenMinutes),
  ];
  return `${cells.join(',')}\r\n`;
}

function knownLine(known: number): string {
  return `# ${(known * 100).toFixed(1)} % of the range is known\r\n`;
}

function lineOf(time: number, name: string, series: UsageSeries, i: number): string {
  const { held, used, usedMax, reserved, dead } = series;
  const at = (values: UsageSeries['held']) => values[i] ?? null;
  const parts = [at(used), at(reserved), at(dead)];
  let idle = at(held);
  for (const part of parts) idle = idle === null || part === null ? null : idle - part;
  const numbers = [
    at(held),
    at(used),
    at(usedMax),
    at(reserved),
    idle === null ? null : Math.round(Math.max(0, idle) * 100) / 100,
    at(dead),
  ];
  return [
    timeText(time),
    cell(series.clusterId ?? name),
    cell(series.templateId ?? name),
    ...numbers.map((each) => (each === null ? '' : String(each))),
  ].join(',');
}

/** `2026-11-24 14:00:00`: a date and time to spreadsheet programs, which take ISO's `T` and `Z` for text. */
function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * Quoted, and never read as a formula by a spreadsheet: not even behind blanks, by the wide signs of an input method, or where another
 * cell begins for one that separates cells by semicolons or tabs, as most do in Europe, and takes no notice of the quotes then.
 */
function cell(text: string): string {
  const safe = text.replaceAll(/(^|[;\t\r\n"])(\s*[=+\-@＝＋－＠])/g, "$1'$2").replace(/^[\t\r\n]/, "'$&");
  return /[",;\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
