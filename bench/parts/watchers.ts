import { startConsole, type BenchConsole } from '../bench-console.ts';
import { startWatcherPool } from '../watcher-pool.ts';
import { quantile, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { delay, waitUntilSettled } from '../wait.ts';

/** The limits of a watcher's cost: memory on the server, and calls to Ray relative to a single watcher. */
const limits = { perWatcherKb: 50, calls: 1.05 } as const;
const WATCHER_COUNTS = [1, 10, 200] as const;
/** Heap samples; the smallest counts, since the others include short-lived garbage. */
const SAMPLES = 8;
const SAMPLE_INTERVAL_MS = 2_500;
/** Below this number of calls a ratio is meaningless. */
const MIN_CALLS = 10;

/** The server's memory, CPU time and calls to Ray with 1, 10 and 200 watchers of an unchanging fleet. */
export async function benchWatchers(options: {
  readonly report: Report;
  readonly ray: BenchRay;
  readonly fleets: readonly { readonly nodes: number; readonly clusters: number }[];
  readonly windowMs: number;
}): Promise<void> {
  const { report, ray, fleets, windowMs } = options;
  for (const { nodes, clusters } of fleets) {
    await ray.fleet(nodes, clusters);
    const console = await startConsole(ray.address);
    const pool = startWatcherPool(false);
    try {
      await waitUntilSettled(ray);
      const memory = new Map<number, number>();
      const calls = new Map<number, number>();
      let open = 0;
      for (const watchers of WATCHER_COUNTS) {
        await pool.open(console.address, watchers - open);
        open = watchers;
        await delay(3_000);
        const [callsBefore, cpuBefore, eventsBefore] = [
          sumOf(await ray.calls()),
          (await console.resourceUsage()).cpu,
          await pool.stats(),
        ];
        await delay(windowMs);
        const [callsAfter, cpuAfter, eventsAfter] = [
          sumOf(await ray.calls()),
          (await console.resourceUsage()).cpu,
          await pool.stats(),
        ];
        const bytes = await smallestHeap(console);
        memory.set(watchers, bytes);
        calls.set(watchers, callsAfter - callsBefore);
        const reportValue = (what: string, value: number, unit: '% of a core' | 'MB' | 'count' | 'kB') =>
          report({ part: 'watchers', what: `${what}, ${String(watchers)} watching`, nodes, value, unit });
        reportValue('server memory after a collection', bytes / 1e6, 'MB');
        reportValue('server processor', (cpuAfter - cpuBefore) / (windowMs * 10), '% of a core');
        reportValue('calls to Ray a minute', ((callsAfter - callsBefore) * 60_000) / windowMs, 'count');
        reportValue(
          'a watcher is sent, a minute',
          ((eventsAfter.bytes - eventsBefore.bytes) * 60) / windowMs / watchers,
          'kB',
        );
      }
      await pool.close();
      await delay(3_000);
      const alone = await smallestHeap(console);
      const [one, many] = [calls.get(1) ?? 0, calls.get(200) ?? 0];
      report({
        part: 'watchers',
        what: 'memory a watcher adds',
        nodes,
        value: ((memory.get(200) ?? Number.NaN) - alone) / 200 / 1_000,
        unit: 'kB',
        atMost: limits.perWatcherKb,
        note: 'what 200 of them gave back when they left',
      });
      if (one >= MIN_CALLS)
        report({
          part: 'watchers',
          what: 'calls to Ray, 200 watching against 1',
          nodes,
          value: many / one,
          unit: 'ratio',
          atMost: limits.calls,
        });
    } finally {
      await pool.stop();
      await console.stop();
    }
  }
}

/** The smallest of several heap samples, bytes. */
async function smallestHeap(console: BenchConsole): Promise<number> {
  const bytes: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const { heapUsed, external } = await console.resourceUsage();
    bytes.push(heapUsed + external);
    await delay(SAMPLE_INTERVAL_MS);
  }
  return quantile(bytes, 0);
}

function sumOf(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((sum, each) => sum + each, 0);
}
