import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createUsageHistory } from '../../src/backend/usage/usage-history.ts';
import { usageOver } from '../../src/backend/usage/usage-series.ts';
import { usageSummaryOf } from '../../src/backend/usage/usage-summaries.ts';
import { DAY, type UsageStore } from '../../src/backend/usage/usage-store.ts';
import { createUsageSampling, MINUTE } from '../../src/domain/usage-sample.ts';
import { openUsageFile } from '../../src/server/storage/usage-file.ts';
import { createSystemClock } from '../../src/server/system-clock.ts';
import type { BenchRay } from '../bench-ray.ts';
import { median, type Report } from '../measurements.ts';
import { createUsageWorld, fillUsage, idOf, usageSizes } from '../usage-fixture.ts';
import { benchUsageScreens } from './usage-screens.ts';

const DAYS = 400;

/**
 * Measures a sample, and a file of 400 days: its size, a start with it, one chart and the summary of all; then a console with this file
 * and a page of it. Times of the server are processor time, so that other work on the machine counts less.
 */
export async function benchUsage({
  report,
  ray,
  quick,
}: {
  readonly report: Report;
  readonly ray: BenchRay;
  readonly quick: boolean;
}): Promise<void> {
  const size = quick ? usageSizes.quick : usageSizes.whole;
  const folder = await mkdtemp(join(tmpdir(), 'usage-bench-'));
  const file = join(folder, 'x.usage.sqlite');
  const row = (what: string, value: number, unit: 'ms' | 'MB' | 'kB', atMost: number, note = '') =>
    report({ part: 'usage', what, nodes: size.nodes, value, unit, atMost, note });
  try {
    const clock = createSystemClock();
    const open = (): UsageStore => {
      const opened = openUsageFile({ file, clock });
      if (!opened.ok) throw new Error(opened.message);
      return opened.store;
    };
    const store = open();
    const now = Math.floor(Date.now() / DAY) * DAY + 12 * 60 * MINUTE;
    const history = createUsageHistory({
      store,
      clock: { now: () => now },
      days: DAYS + 10,
      mostBytes: 1e12,
      pause: setImmediate,
    });
    const world = createUsageWorld(size);
    const first = Math.floor(now / DAY) * DAY - 2 * DAY;
    const sampling: number[] = [];
    const sampleOf = createUsageSampling();
    for (let at = first; at < now; at += MINUTE) {
      // A weekend's day, and working days.
      if (at >= first + DAY && at % DAY >= 7 * 60 * MINUTE && at % DAY < 17 * 60 * MINUTE) world.move();
      const begun = cpuMs();
      history.record(sampleOf(world.fleet, at));
      if (at >= now - 30 * MINUTE) sampling.push(cpuMs() - begun);
    }
    row(
      'a sample and its write, processor time',
      median(sampling),
      'ms',
      25,
      `of a working hour; ${String(size.clusters)} × 10 series`,
    );
    let longest = 0;
    let isDone = false;
    const tidied = history.tidy().finally(() => {
      isDone = true;
    });
    for (let last = { at: performance.now(), cpu: cpuMs() }; !isDone;) {
      await setImmediate();
      const next = { at: performance.now(), cpu: cpuMs() };
      longest = Math.max(longest, Math.min(next.at - last.at, next.cpu - last.cpu));
      last = next;
    }
    await tidied;
    report({
      part: 'usage',
      what: 'longest that others wait while two days are made whole',
      nodes: size.nodes,
      value: longest,
      unit: 'ms',
      note: 'processor time',
    });
    fillUsage(store, size.clusters, first, quick ? 60 : DAYS);
    store.close();
    row(`file after ${String(quick ? 60 : DAYS)} days`, statSync(file).size / 1e6, 'MB', 300);
    const begun = cpuMs();
    const again = open();
    const restarted = createUsageHistory({
      store: again,
      clock: { now: () => now },
      days: DAYS + 10,
      mostBytes: 1e12,
      pause: setImmediate,
    });
    const started = cpuMs();
    await restarted.catchUp();
    row(
      'start with it',
      started - begun,
      'ms',
      1_000,
      `processor time; charts of one virtual cluster are made ready behind it, in turns that take ${(cpuMs() - started).toFixed(0)} ms together`,
    );
    const chart = {
      from: now - DAYS * DAY - (now % DAY),
      to: now,
      step: DAY,
      clusterId: idOf(7),
      templateId: null,
      by: null,
    };
    const charts = await timed(7, () => usageOver(restarted, { ...chart, to: chart.from + (DAYS + 1) * DAY }));
    row('one virtual cluster over 400 days', charts.ms, 'ms', 50, 'processor time');
    const bytes = JSON.stringify(charts.last).length;
    row(
      'its bytes',
      bytes / 1_000,
      'kB',
      60,
      'before they are compressed: days that repeat each other would compress too well',
    );
    const month = { from: Math.floor(now / DAY) * DAY - 30 * DAY, to: now, clusterId: null, templateId: null };
    const summaries = await timed(5, () => usageSummaryOf(restarted, month));
    row('summary of 30 days over all', summaries.ms, 'ms', 300, 'processor time');
    again.close();
    await benchUsageScreens({ report, ray, file, size, quick });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function timed<T>(rounds: number, ask: () => Promise<T>): Promise<{ readonly ms: number; readonly last: T }> {
  const times: number[] = [];
  let last = await ask();
  for (let round = 0; round < rounds; round++) {
    const begun = cpuMs();
    last = await ask();
    times.push(cpuMs() - begun);
  }
  return { ms: median(times), last };
}
