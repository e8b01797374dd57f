import { describe, expect, test } from 'vitest';
import { MINUTE, type UsageSample } from '../../domain/usage-sample.ts';
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
    idleSince: last === undefined || last.used === null ? null : idleSince,
  };
}

describe('over generated histories', () => {
  test.each([RUNS])(
    'the summary is that of a count minute by minute, after restarts too (%s histories)',
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
      }
    },
    60_000,
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
});
