import type { UsageTrends } from '../../contract/usage.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import type { UsageHistory } from './usage-history.ts';
import { meanOf, readSteps } from './usage-series.ts';
import { HOUR } from './usage-store.ts';

const COUNT = 28;
const STEP = 6 * HOUR;

/** What was in one step, of the series that were in it; the values of others are 0 where anything was sampled. */
interface TrendStep {
  /** Minutes. */
  readonly sampled: number;
  readonly held: ReadonlyMap<number, number | null>;
  readonly used: ReadonlyMap<number, number | null>;
}

/**
 * The last seven days of every virtual cluster that exists. Steps that are over never change and are read once: seven days of 1,000
 * virtual clusters take seconds, and every page asks for them.
 */
export function createUsageTrends(history: UsageHistory): (now: number) => Promise<UsageTrends> {
  /** By their begin. */
  let kept: ReadonlyMap<number, TrendStep> = new Map();

  /** The series of all nodes of each virtual cluster that ever was. */
  function clusterTotals(): readonly { readonly series: number; readonly clusterId: string }[] {
    return history.numbers.keys.flatMap(({ kind, clusterId, templateId }, series) =>
      kind === 'nodes' && clusterId !== null && templateId === null ? [{ series, clusterId }] : [],
    );
  }

  /** The steps from one to before another. */
  async function read(from: number, to: number): Promise<ReadonlyMap<number, TrendStep>> {
    // Also of virtual clusters that are gone: they may come back while the step is kept.
    const all = clusterTotals().map(({ series }) => series);
    const steps = await readSteps(history, { from, to, step: STEP }, new Set(all));
    const means = all.map((series) => ({
      series,
      sums: steps.of(series),
      held: meanOf(steps, series, 'held'),
      used: meanOf(steps, series, 'used'),
    }));
    return new Map(
      steps.sampled.map((sampled, i) => {
        const there = means.filter(({ sums }) => (sums[i] ?? null) !== null);
        const valuesOf = (pick: 'held' | 'used') => new Map(there.map((each) => [each.series, each[pick][i] ?? null]));
        return [from + i * STEP, { sampled, held: valuesOf('held'), used: valuesOf('used') }];
      }),
    );
  }

  return async (now) => {
    const to = Math.ceil(now / STEP) * STEP;
    const from = to - COUNT * STEP;
    const begins = Array.from({ length: COUNT }, (_, i) => from + i * STEP);
    const steps = new Map<number, TrendStep>();
    for (let i = 0; i < COUNT; i++) {
      const begin = begins[i] ?? to;
      const there = kept.get(begin);
      if (there !== undefined) steps.set(begin, there);
      else {
        const first = i;
        while (i + 1 < COUNT && !kept.has(begins[i + 1] ?? to)) i += 1;
        for (const [at, step] of await read(begins[first] ?? to, begins[i + 1] ?? to)) steps.set(at, step);
      }
    }
    const lastAt = history.lastAt() ?? 0;
    // A gap may be filled by a simulated day.
    kept = new Map([...steps].filter(([begin, { sampled }]) => sampled > 0 && begin + STEP <= lastAt));
    const shown = clusterTotals().filter(({ series }) => history.now(series) !== null);
    const inOrder = begins.map((begin) => steps.get(begin));
    const valuesOf = (series: number, pick: 'held' | 'used') =>
      inOrder.map((step) => {
        if (step === undefined || step.sampled === 0) return null;
        const value = step[pick].get(series);
        return value === undefined ? 0 : value;
      });
    const sampled = inOrder.reduce((sum, step) => sum + (step?.sampled ?? 0), 0);
    return {
      from,
      to,
      known: Math.min(1, sampled / ((to - from) / MINUTE)),
      simulatedUntil: history.simulatedUntil(),
      step: STEP,
      clusters: shown.map(({ series, clusterId }) => ({
        clusterId,
        held: valuesOf(series, 'held'),
        used: valuesOf(series, 'used'),
        idleSince: history.idleSince(series),
      })),
    };
  };
}
