import { MAX_USAGE_SERIES, type UsageReply, type UsageSeries } from '../../contract/usage.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import { addSumsToTable, createSumTable } from './sum-table.ts';
import { DEAD, HELD, LOAD_SCALE, emptySums, mergeSums, RESERVED, USED, type Sums } from './sums.ts';
import type { UsageHistory } from './usage-history.ts';
import { DAY, dayOf, type Range, type SeriesKey } from './usage-store.ts';

export interface SeriesQuery extends Range {
  readonly clusterId: string | null;
  readonly templateId: string | null;
  readonly by: 'cluster' | 'template' | null;
  readonly step: number;
}

/** What some series were at each step of a range. */
interface Steps {
  /** Minutes sampled, by step. */
  readonly sampled: readonly number[];
  readonly of: (series: number | null) => readonly (Sums | null)[];
}

type Values = UsageSeries['held'];

/** A reply without the causes of its gaps, which are not in the history. */
export type UsageOver = Omit<UsageReply, 'causes'>;

/** Usage over time: of one virtual cluster, one template or all, divided as asked. */
export async function usageOver(history: UsageHistory, query: SeriesQuery): Promise<UsageOver> {
  const { numbers } = history;
  const { clusterId, templateId, by, from, to, step } = query;
  const total = numbers.find('nodes', clusterId, templateId);
  const candidates = by === null ? [] : numbers.keys.flatMap((key, number) => (isPart(key, query) ? [number] : []));
  // Few need no ranking before they are read: of all days, that takes as long as a summary.
  const read = candidates.length > MAX_USAGE_SERIES ? await largest(history, query, candidates) : candidates;
  const free =
    clusterId !== null
      ? []
      : numbers.keys.flatMap((key, number) =>
          key.kind === 'free' && (templateId === null || key.templateId === templateId) ? [number] : [],
        );
  const load = clusterId === null ? null : numbers.find('load', clusterId, null);
  const wanted = new Set([total, load, ...read, ...free].filter((each) => each !== null));
  const steps = await readSteps(history, query, wanted);
  const shown = byHeld(read, (each) => sumOfHeld(steps, each));
  const series = shown.map((each) => {
    const key = numbers.keys[each];
    return nodeSeries(steps, each, key?.clusterId ?? null, key?.templateId ?? null);
  });
  const all = nodeSeries(steps, total, clusterId, templateId);
  const rest = candidates.length - read.length;
  const loadOf = (i: number) => values(steps, load, i, i === 0 ? 1 : LOAD_SCALE, null);
  return {
    from,
    to,
    known: knownFraction(steps, total, (to - from) / MINUTE),
    simulatedUntil: history.simulatedUntil(),
    step,
    total: all,
    series,
    others: rest === 0 ? null : { count: rest, series: remainder(all, series) },
    free: clusterId === null ? freeValues(steps, free) : null,
    load:
      clusterId === null
        ? null
        : { jobs: loadOf(0), cpuUsed: loadOf(1), cpuTotal: loadOf(2), gpuUsed: loadOf(3), gpuTotal: loadOf(4) },
  };
}

function isPart(key: SeriesKey, { clusterId, templateId, by }: SeriesQuery): boolean {
  if (key.kind !== 'nodes') return false;
  if (by === 'cluster')
    return (
      key.clusterId !== null && key.templateId === templateId && (clusterId === null || key.clusterId === clusterId)
    );
  return (
    key.templateId !== null && key.clusterId === clusterId && (templateId === null || key.templateId === templateId)
  );
}

/** Longer ranges are ranked by whole days, of which there are totals. */
const EXACT = 2 * DAY;

/** Those that held most in a range, the most first. */
async function largest(
  history: UsageHistory,
  range: SeriesQuery,
  candidates: readonly number[],
): Promise<readonly number[]> {
  if (candidates.length === 0) return [];
  const table = createSumTable(history.numbers.keys.length);
  if (range.to - range.from <= EXACT) {
    for await (const { start, sums } of history.read(range, range.step, new Set(candidates)))
      for (const [series, each] of sums) addSumsToTable(table, series, each, start);
  } else {
    const days = { from: dayOf(range.from), to: Math.ceil(range.to / DAY) * DAY };
    for await (const day of history.readDays(days)) day.addTo(table);
  }
  return byHeld(candidates, (series) => table.values[HELD]?.sum[series] ?? 0).slice(0, MAX_USAGE_SERIES);
}

/** Those that held anything, the most first. */
function byHeld(all: readonly number[], heldOf: (series: number) => number): readonly number[] {
  return all
    .map((series): [number, number] => [series, heldOf(series)])
    .filter(([, held]) => held > 0)
    .sort(([a, x], [b, y]) => y - x || a - b)
    .map(([series]) => series);
}

function sumOfHeld(steps: Steps, series: number): number {
  return steps.of(series).reduce((sum, each) => sum + (each?.sum[HELD] ?? 0), 0);
}

export async function readSteps(
  history: UsageHistory,
  { from, to, step }: Range & { readonly step: number },
  wanted: ReadonlySet<number>,
): Promise<Steps> {
  const count = Math.ceil((to - from) / step);
  const sampled = Array.from({ length: count }, () => 0);
  const sums = new Map<number, (Sums | null)[]>();
  for await (const bucket of history.read({ from, to }, step, wanted)) {
    const i = Math.floor((bucket.start - from) / step);
    sampled[i] = (sampled[i] ?? 0) + bucket.sampled;
    for (const [series, more] of bucket.sums) {
      let own = sums.get(series);
      if (own === undefined) sums.set(series, (own = Array.from({ length: count }, () => null)));
      const there = own[i] ?? null;
      if (there !== null) mergeSums(there, more);
      else {
        const fresh = emptySums(history.numbers.keys[series]?.kind ?? 'free');
        mergeSums(fresh, more);
        own[i] = fresh;
      }
    }
  }
  const none: (Sums | null)[] = Array.from({ length: count }, () => null);
  return { sampled, of: (series) => (series === null ? none : (sums.get(series) ?? none)) };
}

function nodeSeries(
  steps: Steps,
  series: number | null,
  clusterId: string | null,
  templateId: string | null,
): UsageSeries {
  const mean = (i: number) => values(steps, series, i, 1, 0);
  const sums = steps.of(series);
  const usedMax = sums.map((each, i) => {
    if (each === null) return (steps.sampled[i] ?? 0) > 0 ? 0 : null;
    return (each.known[USED] ?? 0) > 0 ? (each.most[USED] ?? null) : null;
  });
  return {
    clusterId,
    templateId,
    held: mean(HELD),
    used: mean(USED),
    usedMax,
    reserved: mean(RESERVED),
    dead: mean(DEAD),
  };
}

/** The means of a value at each step. `absent`: what it counts as in a minute that was sampled without the series; null: not at all. */
function values(steps: Steps, series: number | null, i: number, scale: number, absent: 0 | null): Values {
  return steps.of(series).map((sums, at) => {
    const sampled = steps.sampled[at] ?? 0;
    if (sampled === 0) return null;
    if (sums === null) return absent;
    const known = sums.known[i] ?? 0;
    const minutes = absent === null ? known : known + sampled - sums.present;
    if (minutes === 0) return null;
    return rounded((sums.sum[i] ?? 0) / minutes / scale);
  });
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

export function meanOf(steps: Steps, series: number | null, value: 'held' | 'used'): Values {
  return values(steps, series, value === 'held' ? HELD : USED, 1, 0);
}

/** How much of a range is sampled, with the number of used nodes known. */
function knownFraction(steps: Steps, total: number | null, minutes: number): number {
  let known = 0;
  const sums = steps.of(total);
  steps.sampled.forEach((sampled, i) => {
    const own = sums[i];
    known += own === null || own === undefined ? sampled : (own.known[USED] ?? 0) + sampled - own.present;
  });
  return minutes <= 0 ? 0 : Math.min(1, known / minutes);
}

/** What the total has beyond the series; how many were used at most is not known of it. */
function remainder(total: UsageSeries, series: readonly UsageSeries[]): UsageSeries {
  const rest = (pick: (each: UsageSeries) => Values): Values =>
    pick(total).map((all, i) => {
      let left = all;
      for (const each of series) {
        const part = pick(each)[i] ?? null;
        left = left === null || part === null ? null : left - part;
      }
      return left === null ? null : rounded(Math.max(0, left));
    });
  return {
    clusterId: null,
    templateId: null,
    held: rest((each) => each.held),
    used: rest((each) => each.used),
    usedMax: total.held.map(() => null),
    reserved: rest((each) => each.reserved),
    dead: rest((each) => each.dead),
  };
}

/** Free nodes of some templates together. A template that was not there had none; where no template has a value, the sum is unknown. */
function freeValues(steps: Steps, series: readonly number[]): Values {
  const all = series.map((each) => ({ sums: steps.of(each), values: values(steps, each, 0, 1, 0) }));
  return steps.sampled.map((_, i) => {
    if (!all.some(({ sums }) => (sums[i] ?? null) !== null)) return null;
    let sum: number | null = 0;
    for (const each of all) {
      const value = each.values[i] ?? null;
      sum = sum === null || value === null ? null : sum + value;
    }
    return sum;
  });
}
