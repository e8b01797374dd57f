import { startConsole, type BenchConsole } from '../bench-console.ts';
import { startWatcherPool } from '../watcher-pool.ts';
import { quantile, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { delay, waitUntilSettled } from '../wait.ts';

/** What a watcher may cost the server: bytes of memory, and calls to Ray against those that one watcher makes. */
const limits = { perWatcherKb: 50, calls: 1.05 } as const;
const WATCHER_COUNTS = [1, 10, 200] as const;
/** A heap is measured so often, this far apart, ms; the least counts: what is only passing through is no one's cost. */
const SAMPLES = 8;
const SAMPLE_INTERVAL_MS = 2_500;
/** Fewer calls than this tell nothing of a ratio. */
const LEAST_CALLS = 10;

/** The server's memory, processor time and calls to Ray with 1, 10 and 200 watchers, in which nothing changes. */
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
    const crowd = startWatcherPool(false);
    try {
      await waitUntilSettled(ray);
      const memory = new Map<number, number>();
      const calls = new Map<number, number>();
      let open = 0;
      for (const watchers of WATCHER_COUNTS) {
        await crowd.open(console.address, watchers - open);
        open = watchers;
        await delay(3_000);
        const [callsBefore, cpuBefore, eventsBefore] = [
          sumOf(await ray.calls()),
          (await console.resourceUsage()).cpu,
          await crowd.stats(),
        ];
        await delay(windowMs);
        const [callsAfter, cpuAfter, eventsAfter] = [
          sumOf(await ray.calls()),
          (await console.resourceUsage()).cpu,
          await crowd.stats(),
        ];
        const bytes = await leastHeld(console);
        memory.set(watchers, bytes);
        calls.set(watchers, callsAfter - callsBefore);
        const say = (what: string, value: number, unit: '% of a core' | 'MB' | 'count' | 'kB') =>
          report({ part: 'watchers', what: `${what}, ${String(watchers)} watching`, nodes, value, unit });
        say('server memory after a collection', bytes / 1e6, 'MB');
        say('server processor', (cpuAfter - cpuBefore) / (windowMs * 10), '% of a core');
        say('calls to Ray a minute', ((callsAfter - callsBefore) * 60_000) / windowMs, 'count');
        say('a watcher is sent, a minute', ((eventsAfter.bytes - eventsBefore.bytes) * 60) / windowMs / watchers, 'kB');
      }
      await crowd.close();
      await delay(3_000);
      const alone = await leastHeld(console);
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
      if (one >= LEAST_CALLS)
        report({
          part: 'watchers',
          what: 'calls to Ray, 200 watching against 1',
          nodes,
          value: many / one,
          unit: 'ratio',
          atMost: limits.calls,
        });
    } finally {
      await crowd.stop();
      await console.stop();
    }
  }
}

/** What it holds when least is passing through, bytes. */
async function leastHeld(console: BenchConsole): Promise<number> {
  const bytes: number[] = [];
  for (let look = 0; look < SAMPLES; look += 1) {
    const { heapUsed, external } = await console.resourceUsage();
    bytes.push(heapUsed + external);
    await delay(SAMPLE_INTERVAL_MS);
  }
  return quantile(bytes, 0);
}

function sumOf(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((sum, each) => sum + each, 0);
}
