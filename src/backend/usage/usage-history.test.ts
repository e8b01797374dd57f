import { describe, expect, test } from 'vitest';
import { MINUTE, type NodeUsage, type UsageSample } from '../../domain/usage-sample.ts';
import { generateHistory, historyOver, historyStart } from '../../testing/harness/generated-usage.ts';
import { usageStoreContract } from '../../testing/harness/usage-store-contract.ts';
import { createInMemoryUsageStore } from './in-memory-usage-store.ts';
import { usageSummaryOf } from './usage-summaries.ts';
import { usageOver } from './usage-series.ts';
import { DAY, QUARTER } from './usage-store.ts';

usageStoreContract('in memory', createInMemoryUsageStore);

/** As many as USAGE_RUNS says. */
const RUNS = Number(process.env['USAGE_RUNS'] ?? '40');

/** The summary, minute by minute. */
function naive(samples: readonly UsageSample[], from: number, to: number, clusterId: string, templateId: string) {
  const inside = samples.filter(({ at }) => at >= from && at < to);
  const of = (sample: UsageSample | undefined) => sample?.clusters.get(clusterId)?.templates.get(templateId);
  const there = inside.flatMap((sample) => of(sample) ?? []);
  const sum = (pick: (nodes: NonNullable<ReturnType<typeof of>>) => number | null) =>
    Math.round((there.reduce((total, nodes) => total + (pick(nodes) ?? 0), 0) / 60) * 100) / 100;
  const used = there.flatMap((nodes) => nodes.used ?? []);
  const needed = there.flatMap((nodes) =>
    nodes.used === null || nodes.reserved === null ? [] : [nodes.used + nodes.reserved],
  );
  const held = of(inside.at(-1))?.held ?? 0;
  let idleSince: number | null = null;
  for (const sample of samples) {
    const nodes = of(sample);
    if (nodes === undefined || (nodes.used ?? 0) + (nodes.reserved ?? 0) > 0) idleSince = null;
    else if (nodes.used !== null) idleSince ??= sample.at;
  }
  const last = of(samples.at(-1));
  return {
    clusterId,
    templateId,
    exists: last !== undefined,
    known: used.length / there.length,
    heldHours: sum((nodes) => nodes.held),
    usedHours: sum((nodes) => nodes.used),
    reservedHours: sum((nodes) => nodes.reserved),
    idleHours: sum((nodes) => nodes.idle),
    deadHours: sum((nodes) => nodes.dead),
    held,
    peakUsed: used.length === 0 ? null : Math.max(...used),
    neverNeeded: needed.length === 0 ? null : Math.max(0, held - Math.max(...needed)),
    seenMinutes: needed.length,
    idleSince: last === undefined || last.used === null ? null : idleSince,
  };
}

/** A chart of a virtual cluster's template, or of all together, minute by minute; null: not known in any minute of a step. */
function naiveChart(
  samples: readonly UsageSample[],
  { from, to, step }: { readonly from: number; readonly to: number; readonly step: number },
  of: (sample: UsageSample) => NodeUsage | null,
) {
  const mean = (at: number, pick: (nodes: NodeUsage) => number | null) => {
    const inside = samples.filter((sample) => sample.at >= at && sample.at < at + step);
    const values = inside.map((sample) => of(sample)).map((nodes) => (nodes === null ? 0 : pick(nodes)));
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : Math.round((known.reduce((a, b) => a + b, 0) / known.length) * 100) / 100;
  };
  const begins = Array.from({ length: (to - from) / step }, (_, i) => from + i * step);
  return {
    held: begins.map((at) => mean(at, (nodes) => nodes.held)),
    used: begins.map((at) => mean(at, (nodes) => nodes.used)),
    reserved: begins.map((at) => mean(at, (nodes) => nodes.reserved)),
    dead: begins.map((at) => mean(at, (nodes) => nodes.dead)),
  };
}

/** All of a virtual cluster's templates together: what is unknown of one is of all. */
function together(sample: UsageSample, clusterId: string): NodeUsage | null {
  const cluster = sample.clusters.get(clusterId);
  if (cluster === undefined) return null;
  const sum = (pick: (nodes: NodeUsage) => number | null) =>
    [...cluster.templates.values()].reduce<number | null>((all, nodes) => {
      const more = pick(nodes);
      return all === null || more === null ? null : all + more;
    }, 0);
  return {
    held: sum(({ held }) => held) ?? 0,
    used: sum(({ used }) => used),
    reserved: sum(({ reserved }) => reserved),
    idle: sum(({ idle }) => idle),
    dead: sum(({ dead }) => dead),
  };
}

describe('over generated histories', () => {
  test.each([RUNS])(
    'summary and charts are those of a count minute by minute, after restarts too (%s histories)',
    async () => {
      for (let seed = 1; seed <= RUNS; seed++) {
        const samples = generateHistory(seed, 600);
        const store = createInMemoryUsageStore();
        let now = historyStart;
        let history = historyOver(store, () => now);
        for (const [n, sample] of samples.entries()) {
          now = sample.at;
          history.record(sample);
          if (n % 150 === seed % 150) history = historyOver(store, () => now);
          if (n % 100 === 0) await history.tidy();
        }
        await history.tidy();
        const to = now + MINUTE;
        for (const from of [
          historyStart - (historyStart % DAY),
          Math.floor((historyStart + 400 * MINUTE) / QUARTER) * QUARTER,
        ]) {
          const { rows } = await usageSummaryOf(history, { from, to, clusterId: null, templateId: null });
          const key = (row: { clusterId: string; templateId: string }) => `${row.clusterId} ${row.templateId}`;
          const expected = ['a', 'b', 'c']
            .flatMap((id) => ['x', 'y'].map((template) => naive(samples, from, to, id, template)))
            .filter(({ known }) => !Number.isNaN(known));
          const sorted = (all: readonly { clusterId: string; templateId: string }[]) =>
            all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
          expect([seed, sorted(rows)]).toEqual([seed, sorted(expected)]);
        }
        for (const step of [MINUTE, QUARTER, DAY]) {
          const from = Math.floor(historyStart / step) * step;
          const range = { from, to: from + Math.ceil((600 * MINUTE) / step + 1) * step, step };
          const shown = async (templateId: string | null) => {
            const { total } = await usageOver(history, { ...range, clusterId: 'a', templateId, by: null });
            return { held: total.held, used: total.used, reserved: total.reserved, dead: total.dead };
          };
          const x = naiveChart(samples, range, ({ clusters }) => clusters.get('a')?.templates.get('x') ?? null);
          expect([seed, step, await shown('x')]).toEqual([seed, step, x]);
          const all = naiveChart(samples, range, (sample) => together(sample, 'a'));
          expect([seed, step, await shown(null)]).toEqual([seed, step, all]);
        }
      }
    },
    30_000 + RUNS * 1_000,
  );

  test('a chart is the same before and after its day is made whole, and gaps are gaps', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const samples = generateHistory(seed, 400);
      const store = createInMemoryUsageStore();
      let now = historyStart;
      const history = historyOver(store, () => now);
      for (const sample of samples) {
        now = sample.at;
        history.record(sample);
      }
      const query = {
        from: historyStart,
        to: historyStart + 400 * MINUTE + 20 * MINUTE,
        step: QUARTER,
        templateId: null,
      } as const;
      const ask = () =>
        Promise.all([
          usageOver(history, { ...query, clusterId: 'a', by: 'template' }),
          usageOver(history, { ...query, clusterId: null, by: 'cluster' }),
        ]);
      const before = await ask();
      await history.tidy();
      expect(store.days()).toHaveLength(1);
      expect(await ask()).toEqual(before);
      const seen = new Set(samples.map(({ at }) => Math.floor((at - query.from) / QUARTER)));
      before[1].total.held.forEach((held, i) => expect(held === null).toBe(!seen.has(i)));
      expect(before[1].known).toBeLessThanOrEqual(samples.length / 420);
    }
  });

  test('a template that was not there yet had no free nodes; where none was told of, it is not known', async () => {
    const now = historyStart + 40 * MINUTE;
    const history = historyOver(createInMemoryUsageStore(), () => now);
    const free = [{ x: 3 }, { x: 3, y: 2 }, {}, { x: null, y: 2 }, { y: 2 }] as const;
    free.forEach((each, i) =>
      history.record({ at: historyStart + i * MINUTE, clusters: new Map(), free: new Map(Object.entries(each)) }),
    );
    const query = { from: historyStart, to: historyStart + 6 * MINUTE, step: MINUTE, by: null, clusterId: null };
    expect((await usageOver(history, { ...query, templateId: null })).free).toEqual([3, 5, null, null, 2, null]);
    expect((await usageOver(history, { ...query, templateId: 'x' })).free).toEqual([3, 3, null, null, null, null]);
  });
});
