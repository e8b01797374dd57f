import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { createUsageHistory } from '../../src/backend/usage/usage-history.ts';
import { usageOver } from '../../src/backend/usage/usage-series.ts';
import { usageSummaryOf } from '../../src/backend/usage/usage-summaries.ts';
import { DAY, type UsageStore } from '../../src/backend/usage/usage-store.ts';
import type { Fleet, FleetNode, TemplateNodes } from '../../src/domain/fleet.ts';
import { NO_REVISION } from '../../src/domain/revision.ts';
import { known } from '../../src/domain/sourced.ts';
import { MINUTE, sampleUsage, type NodeUsage, type UsageSample } from '../../src/domain/usage-sample.ts';
import { openUsageFile } from '../../src/server/storage/usage-file.ts';
import { createSystemClock } from '../../src/server/system-clock.ts';
import { median, type Report } from '../measurements.ts';

const CLUSTERS = 1_000;
const TEMPLATES = 10;
const NODES = 100_000;
const DAYS = 400;
/** The share of the series that moves each minute of a working day's ten hours. */
const MOVING = 0.05;

/** Measures a sample, and a file of 400 days: its size, a start with it, one chart and the summary of all. */
export async function benchUsage({
  report,
  quick,
}: {
  readonly report: Report;
  readonly quick: boolean;
}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'usage-bench-'));
  const file = join(folder, 'x.usage.sqlite');
  const row = (what: string, value: number, unit: 'ms' | 'MB' | 'kB', atMost: number, note = '') =>
    report({ part: 'usage', what, nodes: NODES, value, unit, atMost, note });
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
    const world = createWorld();
    const first = Math.floor(now / DAY) * DAY - 2 * DAY;
    const sampling: number[] = [];
    const fleet = world.fleet();
    for (let at = first; at < now; at += MINUTE) {
      // A weekend's day, and working days.
      if (at >= first + DAY && at % DAY >= 7 * 60 * MINUTE && at % DAY < 17 * 60 * MINUTE) world.move();
      const sample = world.sample(at);
      const begun = process.cpuUsage();
      if (at >= now - 30 * MINUTE) sampleUsage(fleet, at);
      history.record(sample);
      const { user, system } = process.cpuUsage(begun);
      if (at >= now - 30 * MINUTE) sampling.push((user + system) / 1_000);
    }
    row('a sample and its write, processor time', median(sampling), 'ms', 25, 'of a working hour; 1,000 × 10 series');
    let longest = 0;
    let isDone = false;
    const tidied = history.tidy().finally(() => {
      isDone = true;
    });
    for (let last = performance.now(); !isDone; last = performance.now()) {
      await setImmediate();
      longest = Math.max(longest, performance.now() - last);
    }
    await tidied;
    report({
      part: 'usage',
      what: 'longest that others wait while two days are made whole',
      nodes: NODES,
      value: longest,
      unit: 'ms',
    });
    fill(store, first, quick ? 60 : DAYS);
    store.close();
    row(`file after ${String(quick ? 60 : DAYS)} days`, statSync(file).size / 1e6, 'MB', 300);
    const begun = performance.now();
    const again = open();
    const restarted = createUsageHistory({
      store: again,
      clock: { now: () => now },
      days: DAYS + 10,
      mostBytes: 1e12,
      pause: setImmediate,
    });
    row('start with it', performance.now() - begun, 'ms', 1_000);
    const chart = {
      from: now - DAYS * DAY - (now % DAY),
      to: now,
      step: DAY,
      clusterId: 'team-0007',
      templateId: null,
      by: null,
    };
    const charts = await timed(7, () => usageOver(restarted, { ...chart, to: chart.from + (DAYS + 1) * DAY }));
    row('one virtual cluster over 400 days', charts.ms, 'ms', 50);
    const bytes = brotliCompressSync(JSON.stringify(charts.last), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
    }).length;
    row('its bytes on the wire', bytes / 1_000, 'kB', 60);
    const month = { from: Math.floor(now / DAY) * DAY - 30 * DAY, to: now, clusterId: null, templateId: null };
    const summaries = await timed(5, () => usageSummaryOf(restarted, month));
    row('summary of 30 days over all', summaries.ms, 'ms', 300);
    again.close();
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function timed<T>(rounds: number, ask: () => Promise<T>): Promise<{ readonly ms: number; readonly last: T }> {
  const times: number[] = [];
  let last = await ask();
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    last = await ask();
    times.push(performance.now() - begun);
  }
  return { ms: median(times), last };
}

/** Puts as many days before the first as are missing, each with the content of one that was recorded. */
function fill(store: UsageStore, first: number, days: number): void {
  const clusters = [null, ...Array.from({ length: CLUSTERS }, (_, i) => idOf(i))];
  const contents = [first, first + DAY].map((day) => ({
    totals: store.day(day) ?? new Uint8Array(1),
    blocks: new Map(clusters.map((id) => [id, store.block(day, id) ?? new Uint8Array(1)])),
  }));
  for (let n = 1; n <= days - 2; n++) {
    const content = contents[n % 7 < 2 ? 0 : 1];
    if (content === undefined) continue;
    store.putBlocks(first - n * DAY, content.blocks);
    store.putDay(first - n * DAY, content.totals);
  }
}

const idOf = (i: number) => `team-${String(i).padStart(4, '0')}`;

/** 1,000 virtual clusters of 10 templates, with 9 nodes of each. */
function createWorld() {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const counts = Array.from({ length: CLUSTERS * TEMPLATES }, (): NodeUsage => ({
    held: 9,
    used: 3,
    reserved: 0,
    idle: 6,
    dead: 0,
  }));
  const templateOf = (i: number) => `template-${String(i % TEMPLATES)}`;
  const load = { jobs: 2, cpuUsed: 20, cpuTotal: 360, gpuUsed: 0, gpuTotal: 0 };
  return {
    move() {
      for (let n = 0; n < counts.length * MOVING; n++) {
        const used = Math.floor(random() * 8);
        const reserved = random() < 0.2 ? 1 : 0;
        counts[Math.floor(random() * counts.length)] = { held: 9, used, reserved, idle: 9 - used - reserved, dead: 0 };
      }
    },
    sample(at: number): UsageSample {
      const clusters = new Map<string, { templates: Map<string, NodeUsage>; load: typeof load }>();
      counts.forEach((nodes, i) => {
        const id = idOf(Math.floor(i / TEMPLATES));
        const own = clusters.get(id) ?? { templates: new Map<string, NodeUsage>(), load };
        clusters.set(id, own);
        own.templates.set(templateOf(i), nodes);
      });
      return { at, clusters, free: new Map(Array.from({ length: TEMPLATES }, (_, i) => [templateOf(i), 100])) };
    },
    fleet(): Fleet {
      const nodes = new Map<string, FleetNode>();
      const ids = Array.from({ length: CLUSTERS }, (_, c) => idOf(c));
      // By virtual cluster, as a join lists them.
      for (let i = 0; i < NODES; i++)
        nodes.set(`node-${String(i)}`, {
          id: `node-${String(i)}`,
          hostname: null,
          templateId: templateOf(i),
          clusterId: ids[Math.floor((i * CLUSTERS) / NODES)] ?? null,
          jobClusterId: null,
          state: 'alive',
          isHead: false,
          usage: known({ cpu: { used: i % 5, total: 4 }, gpu: null, memory: null, objectStore: null }, 'state'),
          use: known('used', 'state'),
        });
      const clusters = new Map(
        Array.from({ length: CLUSTERS }, (_, c) => {
          const templates = Array.from({ length: TEMPLATES }, (__, t): TemplateNodes => {
            const of = (value: number) => known(value, 'state');
            return {
              templateId: templateOf(t),
              count: 9,
              used: of(3),
              reserved: of(0),
              idle: of(6),
              dead: of(0),
              removable: { count: 6, atMost: false },
            };
          });
          return [
            idOf(c),
            {
              id: idOf(c),
              divisible: false,
              revision: NO_REVISION,
              templates,
              usedBy: known({ jobs: [], jobClusters: [] }, 'state'),
            },
          ] as const;
        }),
      );
      return { clusters, nodes, pool: { templates: [], jobClusters: known([], 'state') } };
    },
  };
}
