import type { UsageReply, UsageSeries } from '../../contract/usage.ts';

/** Steps of all series in one piece. */
const STEPS_AT_ONCE = 50;

/** Usage as a table for spreadsheets, a line for each step and series, in pieces. Unknown: an empty cell. */
export function* usageCsv(reply: UsageReply): Generator<string> {
  yield `# ${(reply.known * 100).toFixed(1)} % of the range is known\r\n`;
  yield 'time,virtual cluster,template,held,used,used at most,reserved,idle,dead\r\n';
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
    new Date(time).toISOString(),
    cell(series.clusterId ?? name),
    cell(series.templateId ?? name),
    ...numbers.map((each) => (each === null ? '' : String(each))),
  ].join(',');
}

/** Quoted, and never read as a formula by a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
