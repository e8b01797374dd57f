import type { UsageSummary, UsageSummaryRow } from '../../contract/usage.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import { createSumTable, sumsOf } from './sum-table.ts';
import { DEAD, HELD, IDLE, NEED, RESERVED, USED, type Sums } from './sums.ts';
import type { UsageHistory } from './usage-history.ts';
import type { Range } from './usage-store.ts';

export interface SummaryQuery extends Range {
  readonly clusterId: string | null;
  readonly templateId: string | null;
}

/** Node-hours of each virtual cluster and template, and of the free pool. */
export async function usageSummaryOf(history: UsageHistory, query: SummaryQuery): Promise<UsageSummary> {
  const { keys } = history.numbers;
  const { from, to, clusterId, templateId } = query;
  const table = createSumTable(keys.length);
  let sampled = 0;
  let lastStart = 0;
  for await (const day of history.readDays(query)) {
    sampled += day.sampled;
    lastStart = day.start;
    day.addTo(table);
  }
  const rows: UsageSummaryRow[] = [];
  const free: UsageSummary['free'] = [];
  for (let series = 0; series < table.present.length; series++) {
    const key = keys[series];
    if (key === undefined || key.templateId === null || key.kind === 'load') continue;
    if (templateId !== null && key.templateId !== templateId) continue;
    if (clusterId !== null && key.clusterId !== clusterId) continue;
    if (key.kind === 'nodes' && key.clusterId === null) continue;
    const sums = sumsOf(table, series, key.kind);
    if (sums === null) continue;
    if (key.clusterId !== null)
      rows.push(rowOf(history, series, key.clusterId, key.templateId, sums, table.lastIn[series] === lastStart));
    else {
      const { known, sum, least, most } = sums;
      const isKnown = (known[0] ?? 0) > 0;
      free.push({
        templateId: key.templateId,
        freeHours: hours(sum[0]),
        least: isKnown ? (least[0] ?? null) : null,
        most: isKnown ? (most[0] ?? null) : null,
      });
    }
  }
  const minutes = (to - from) / MINUTE;
  return {
    from,
    to,
    known: minutes <= 0 ? 0 : Math.min(1, sampled / minutes),
    simulatedUntil: history.simulatedUntil(),
    rows,
    free,
  };
}

function rowOf(
  history: UsageHistory,
  series: number,
  clusterId: string,
  templateId: string,
  { known, sum, most, present, last }: Sums,
  isLast: boolean,
): UsageSummaryRow {
  const held = isLast ? Math.max(0, last) : 0;
  const usedKnown = known[USED] ?? 0;
  return {
    clusterId,
    templateId,
    exists: (history.now(series)?.[HELD] ?? 0) > 0,
    known: present === 0 ? 0 : usedKnown / present,
    heldHours: hours(sum[HELD]),
    usedHours: hours(sum[USED]),
    reservedHours: hours(sum[RESERVED]),
    idleHours: hours(sum[IDLE]),
    deadHours: hours(sum[DEAD]),
    held,
    peakUsed: usedKnown > 0 ? (most[USED] ?? null) : null,
    neverNeeded: (known[NEED] ?? 0) > 0 ? Math.max(0, held - (most[NEED] ?? 0)) : null,
    seenMinutes: known[NEED] ?? 0,
    idleSince: history.idleSince(series),
  };
}

function hours(minutes: number | undefined): number {
  return Math.round(((minutes ?? 0) / 60) * 100) / 100;
}
