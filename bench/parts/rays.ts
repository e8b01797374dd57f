import * as z from 'zod/mini';
import { launch, openTab, readRecorded, recordFirstRow } from '../browser-tab.ts';
import { startConsole, type BenchConsole } from '../bench-console.ts';
import { startRays, type BenchRay } from '../bench-ray.ts';
import { rayFaults, startFaultyRay, type FaultyRay, type RayFault } from '../faulty-ray.ts';
import { median, quantile, type Report } from '../measurements.ts';
import { delay } from '../wait.ts';
import { startWatcherPool } from '../watcher-pool.ts';

/** The most that several Rays may cost, against one of as many nodes, or against themselves while all are well. */
const MOST = 1.2;
const RAYS = 20;
const NODES = 5_000;
const CLUSTERS = 5;
const SETTLE_MS = 10_000;
const LOOKS = 120;
/** What a Ray of 100,000 nodes gives, too: it cuts the nodes, and the summary is too large. */
const SOURCES = ['list', 'actors', 'jobs', 'identity'];

type Ray = Omit<BenchRay, 'stop'>;

/** What one console of 20 Rays costs against a console of one Ray as large as all of them, and what a failing Ray costs the others. */
export async function benchRays({
  report,
  quick,
}: {
  readonly report: Report;
  readonly quick: boolean;
}): Promise<void> {
  const many = await startRays(RAYS, { kept: true });
  const one = await startRays(1, { kept: true });
  const faulty = await startFaultyRay(many.rays.at(-1)?.address ?? '');
  const addresses = many.rays.map(({ address }, index) => [
    nameOf(index),
    index === RAYS - 1 ? faulty.address : address,
  ]);
  try {
    for (const ray of many.rays) await ray.fleet(NODES, CLUSTERS);
    const several = await startConsole(Object.fromEntries(addresses));
    try {
      await compareLatency(several, faulty, quick ? 10_000 : 30_000, report);
      await compareList(several, many.rays, quick ? 5 : 9, report);
      // Last, as it keeps the machine busy.
      for (const ray of one.rays) await ray.fleet(NODES * RAYS, CLUSTERS * RAYS);
      await compareCost(several, many.rays, one.rays, quick ? 40_000 : 60_000, report);
    } finally {
      await several.stop();
    }
  } finally {
    await Promise.all([many.stop(), one.stop(), faulty.stop()]);
  }
}

function nameOf(index: number): string {
  return `ray-${String(index + 1)}`;
}

/** Both consoles at once, so that the machine is as busy for one as for the other; 20 people watch each. */
async function compareCost(
  several: BenchConsole,
  manyRays: readonly Ray[],
  oneRay: readonly Ray[],
  windowMs: number,
  report: Report,
): Promise<void> {
  const single = await startConsole(oneRay[0]?.address ?? '');
  const pool = startWatcherPool(false);
  const kinds = [
    { console: several, rays: manyRays, name: '20 Rays' },
    { console: single, rays: oneRay, name: 'one Ray' },
  ];
  const nodes = NODES * RAYS;
  const compared = (
    what: string,
    values: readonly (readonly [value: number, note: string])[],
    unit: 'MB' | 'ms',
    atMost: number | null = MOST,
  ) => {
    for (const [index, { name }] of kinds.entries())
      report({
        part: 'rays',
        what: `${what}, ${name}`,
        nodes,
        value: values[index]?.[0] ?? Number.NaN,
        unit,
        note: values[index]?.[1] ?? '',
      });
    report({
      part: 'rays',
      what: `${what}, 20 Rays against one`,
      nodes,
      value: (values[0]?.[0] ?? Number.NaN) / (values[1]?.[0] ?? Number.NaN),
      unit: 'ratio',
      atMost,
    });
  };
  try {
    for (const [index] of manyRays.entries()) {
      await pool.open(`${several.address}/rays/${nameOf(index)}`, 1);
      await pool.open(single.address, 1);
    }
    for (const { console, rays } of kinds) await waitUntilRead(console, rays.length);
    await delay(SETTLE_MS);
    const before = await Promise.all(kinds.map(usageOf));
    const resident = await sampleMemory(kinds, windowMs);
    const after = await Promise.all(kinds.map(usageOf));
    const a = (index: number): readonly [number, string] => perMinute(before[index], after[index]);
    compared('processor in a minute without a change', [a(0), a(1)], 'ms');
    compared(
      'memory as it is (RSS)',
      resident.map((samples) => [
        median(samples) / 1e6,
        `${String(samples.length)} samples, most ${(Math.max(...samples) / 1e6).toFixed(0)} MB`,
      ]),
      'MB',
    );
    const memory = await Promise.all(kinds.map(({ console }) => leastMemory(console)));
    const inMegabytes = (bytes: number) => [bytes / 1e6, 'least of 5 samples'] as const;
    compared(
      'memory after a collection (RSS)',
      memory.map(({ rss }) => inMegabytes(rss)),
      'MB',
    );
    // The single Ray cuts its nodes at 10,000 rows and its summary whole, so that there is less of it to hold.
    compared(
      'heap and buffers of it',
      memory.map(({ live }) => inMegabytes(live)),
      'MB',
      null,
    );
    const busyBefore = await Promise.all(kinds.map(usageOf));
    await changeEachSecond(kinds, windowMs);
    const busyAfter = await Promise.all(kinds.map(usageOf));
    const b = (index: number): readonly [number, string] => perMinute(busyBefore[index], busyAfter[index]);
    compared('processor in a minute with a change a second', [b(0), b(1)], 'ms');
  } finally {
    await pool.stop();
    await single.stop();
  }
}

/** Waits until every source of every Ray was read, whatever else the machine does. */
async function waitUntilRead(console: BenchConsole, rays: number): Promise<void> {
  let missing: readonly string[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const read = (await console.metrics()).filter(({ name }) => name === 'vcc_ray_read_age_seconds');
    missing = SOURCES.filter((source) => read.filter(({ labels }) => labels['source'] === source).length < rays);
    if (missing.length === 0) return;
    await delay(1_000);
  }
  throw new Error(`Not every Ray could be read: ${missing.join(', ')}.`);
}

interface Usage {
  readonly at: number;
  readonly cpu: number;
  readonly calls: number;
}

async function usageOf({ console }: { readonly console: BenchConsole }): Promise<Usage> {
  const reads = (await console.metrics()).filter(({ name }) => name === 'vcc_ray_reads_total');
  // A collection would be counted, too.
  const { cpu } = await console.strain();
  return { at: performance.now(), cpu, calls: reads.reduce((sum, { value }) => sum + value, 0) };
}

function perMinute(before: Usage | undefined, after: Usage | undefined): readonly [number, string] {
  if (before === undefined || after === undefined) return [Number.NaN, ''];
  const ms = after.at - before.at;
  const calls = Math.round(((after.calls - before.calls) * 60_000) / ms);
  return [((after.cpu - before.cpu) * 60_000) / ms, `${String(calls)} reads of Ray`];
}

/** A node more in one fleet of each kind, in turns. A Ray that writes a large reply just then takes it in later. */
async function changeEachSecond(kinds: readonly { readonly rays: readonly Ray[] }[], ms: number): Promise<void> {
  const until = performance.now() + ms;
  for (let second = 0; performance.now() < until; second += 1) {
    for (const { rays } of kinds) void rays[second % rays.length]?.addNode().catch(() => undefined);
    await delay(1_000);
  }
}

/** How much memory each console has, bytes, a second apart: what a machine or a container has to give it. */
async function sampleMemory(
  kinds: readonly { readonly console: BenchConsole }[],
  ms: number,
): Promise<readonly (readonly number[])[]> {
  const samples = kinds.map((): number[] => []);
  const until = performance.now() + ms;
  while (performance.now() < until) {
    for (const [index, { console }] of kinds.entries()) samples[index]?.push((await console.strain()).rss);
    await delay(1_000);
  }
  return samples;
}

/** The least of several samples: the others have what was read just now. */
async function leastMemory(console: BenchConsole): Promise<{ readonly rss: number; readonly live: number }> {
  const samples: Awaited<ReturnType<BenchConsole['resourceUsage']>>[] = [];
  for (let sample = 0; sample < 5; sample += 1) {
    samples.push(await console.resourceUsage());
    await delay(1_500);
  }
  return {
    rss: Math.min(...samples.map(({ rss }) => rss)),
    live: Math.min(...samples.map(({ heapUsed, external }) => heapUsed + external)),
  };
}

/** The list of one Ray, from the first byte of its page until it is painted, in turns with a console that has no other. */
async function compareList(several: BenchConsole, rays: readonly Ray[], loads: number, report: Report): Promise<void> {
  const single = await startConsole(rays[0]?.address ?? '');
  const browser = await launch();
  const took: Record<'of 20 Rays' | 'of a single Ray', number[]> = { 'of 20 Rays': [], 'of a single Ray': [] };
  try {
    for (let load = 0; load <= loads; load += 1) {
      for (const [kind, address] of [
        ['of 20 Rays', `${several.address}/rays/${nameOf(0)}`],
        ['of a single Ray', single.address],
      ] as const) {
        const tab = await openTab(browser, recordFirstRow);
        await tab.page.goto(`${address}/clusters`);
        await tab.page.waitForFunction(() => 'shownAt' in window, null, { timeout: 60_000 });
        const firstByte = await tab.page.evaluate(() =>
          performance.getEntriesByType('navigation').map((each) => Reflect.get(each, 'responseStart') as unknown),
        );
        const [at] = z.array(z.number()).parse(firstByte);
        const shownAt = z.number().parse(await readRecorded(tab.page, 'shownAt'));
        // The first one warms the browser up.
        if (load > 0) took[kind].push(shownAt - (at ?? Number.NaN));
        await tab.close();
      }
    }
  } finally {
    await browser.close();
    await single.stop();
  }
  const note = `median of ${String(loads)} in turns, from the first byte until painted`;
  for (const [kind, times] of Object.entries(took))
    report({ part: 'rays', what: `list shown, ${kind}`, nodes: NODES, value: median(times), unit: 'ms', note });
  const value = median(took['of 20 Rays']) / median(took['of a single Ray']);
  report({
    part: 'rays',
    what: 'list shown, of 20 Rays against a single one',
    nodes: NODES,
    value,
    unit: 'ratio',
    atMost: MOST,
  });
}

/** How long the others' lists take while one Ray is well, dead, hangs and floods, in turns. */
async function compareLatency(
  several: BenchConsole,
  faulty: FaultyRay,
  windowMs: number,
  report: Report,
): Promise<void> {
  const took = new Map<RayFault | null, number[]>();
  const memory = new Map<RayFault | null, number>();
  const work = new Map<RayFault | null, readonly number[]>();
  const pool = startWatcherPool(false);
  try {
    // Somebody looks at each, so that each is read as often as it ever is.
    for (let index = 0; index < RAYS; index += 1) await pool.open(`${several.address}/rays/${nameOf(index)}`, 1);
    await waitUntilRead(several, RAYS);
    await delay(SETTLE_MS);
    const turns = [null, ...rayFaults.flatMap((each) => [each, null])];
    for (const fault of [...turns, ...turns]) {
      await faulty.become(fault);
      const before = await several.strain();
      const begun = performance.now();
      took.set(fault, [...(took.get(fault) ?? []), ...(await readOthers(several, windowMs / 2))]);
      const { rss, cpu } = await several.strain();
      memory.set(fault, Math.max(memory.get(fault) ?? 0, rss));
      work.set(fault, [...(work.get(fault) ?? []), (cpu - before.cpu) / (performance.now() - begun)]);
    }
  } finally {
    await pool.stop();
  }
  const well = took.get(null) ?? [];
  for (const [what, share] of [
    ['median', 0.5],
    ['95 of 100', 0.95],
  ] as const) {
    const usual = quantile(well, share);
    const note = `${what} of ${String(well.length)} reads`;
    report({
      part: 'rays',
      what: `another Ray is read, all well, ${what}`,
      nodes: NODES,
      value: usual,
      unit: 'ms',
      note,
    });
    for (const fault of rayFaults) {
      const own = took.get(fault) ?? [];
      const value = quantile(own, share);
      report({
        part: 'rays',
        what: `another Ray is read while one ${FAULT_WORDS[fault]}, ${what}, against all well`,
        nodes: NODES,
        value: value / usual,
        unit: 'ratio',
        atMost: MOST,
        note: `${value.toFixed(1)} ms`,
      });
    }
  }
  for (const fault of [null, ...rayFaults])
    report({
      part: 'rays',
      what: `processor while ${fault === null ? 'all are well' : `one ${FAULT_WORDS[fault]}`}`,
      nodes: NODES,
      value: 100 * median(work.get(fault) ?? []),
      unit: '% of a core',
    });
  for (const fault of rayFaults)
    report({
      part: 'rays',
      what: `memory while one ${FAULT_WORDS[fault]}, against all well`,
      nodes: NODES,
      value: (memory.get(fault) ?? Number.NaN) / (memory.get(null) ?? Number.NaN),
      unit: 'ratio',
      atMost: MOST,
      note: 'RSS as it is',
    });
}

const FAULT_WORDS: Readonly<Record<RayFault, string>> = {
  dead: 'is dead',
  hangs: 'hangs',
  floods: 'sends 100 MB of nonsense',
};

/** Reads the fleets of all but the last Ray one after the other, 20 a second; the times, ms. */
async function readOthers({ address }: BenchConsole, ms: number): Promise<readonly number[]> {
  const took: number[] = [];
  const until = performance.now() + ms;
  for (let index = 0; performance.now() < until; index += 1) {
    const begun = performance.now();
    await (await fetch(`${address}/rays/${nameOf(index % (RAYS - 1))}/api/fleet`)).arrayBuffer();
    took.push(performance.now() - begun);
    await delay(50);
  }
  return took;
}
