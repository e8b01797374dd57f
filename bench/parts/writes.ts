import type { ChangeRequest } from '../../src/domain/change.ts';
import { valueOf } from '../../src/testing/harness/parse-metrics.ts';
import { startConsole, type BenchConsole } from '../bench-console.ts';
import { median, quantile, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { expectApplied, sendChange } from '../send-change.ts';
import { delay, waitUntilSettled } from '../wait.ts';

/** The overhead that the console may add to a write besides the journal's syncs, ms. */
const limits = { median: 2, p99: 8 } as const;

/** After a write the console reads Ray again; this pause lets both become idle, ms. People don't write faster than this. */
const REST_MS = 200;

/** The number of unmeasured writes before, so that hot code is compiled as in a console and a Ray that have run for a day. */
const WARM_UP = 400;

/** The number of writes measured before the warm-up. */
const COLD = 40;

interface Timed {
  readonly ms: number;
  /** The time spent on journal writes, ms. */
  readonly journal: number;
  readonly syncs: number;
}

interface Samples {
  readonly create: { readonly direct: number[]; readonly through: Timed[] };
  readonly delete: { readonly direct: number[]; readonly through: Timed[] };
}

/**
 * Creates and deletes virtual clusters, alternately straight in Ray and through the console. The journal's time is taken
 * from the console's metrics before and after.
 */
export async function benchWrites({
  report,
  ray,
  pairs,
}: {
  readonly report: Report;
  readonly ray: BenchRay;
  readonly pairs: number;
}): Promise<void> {
  const nodes = 1_000;
  await ray.fleet(nodes, 10);
  const console = await startConsole(ray.address);
  try {
    await waitUntilSettled(ray);
    // The very first writes are cold on both sides and are not reported.
    await runPairs('first', ray, console, 5, REST_MS);
    const cold = await runPairs('cold', ray, console, COLD, REST_MS);
    await runPairs('warm-up', ray, console, WARM_UP, 0);
    const warm = await runPairs('warm', ray, console, pairs, REST_MS);
    for (const kind of ['create', 'delete'] as const) reportWrites(report, nodes, kind, warm[kind], cold[kind]);
  } finally {
    await console.stop();
  }
}

/** Runs `pairs` pairs of each write, `rest` ms apart. */
async function runPairs(
  name: string,
  ray: BenchRay,
  console: BenchConsole,
  pairs: number,
  rest: number,
): Promise<Samples> {
  const samples: Samples = { create: { direct: [], through: [] }, delete: { direct: [], through: [] } };
  for (let pair = 0; pair < pairs; pair += 1) {
    const [directId, consoleId] = [`direct-${name}-${String(pair)}`, `through-${name}-${String(pair)}`];
    const direct = async (kind: 'create' | 'delete') => {
      const { ms } = await timed(console, () =>
        kind === 'create'
          ? ray.write('POST', directId, { virtualClusterId: directId, divisible: false, replicaSets: { '4c8g': 1 } })
          : ray.write('DELETE', directId),
      );
      samples[kind].direct.push(ms);
    };
    const through = async (kind: 'create' | 'delete') => {
      samples[kind].through.push(
        await timeThroughConsole(
          console,
          kind === 'create'
            ? { kind: 'save', clusterId: consoleId, divisible: false, base: null, want: { '4c8g': 1 } }
            : { kind: 'delete', clusterId: consoleId, base: null },
        ),
      );
    };
    for (const kind of ['create', 'delete'] as const) {
      // The order alternates, since the first of a pair finds other caches.
      const turns = pair % 2 === 0 ? [direct, through] : [through, direct];
      for (const turn of turns) {
        await delay(rest);
        await turn(kind);
      }
    }
  }
  return samples;
}

function reportWrites(
  report: Report,
  nodes: number,
  kind: keyof Samples,
  { direct, through }: Samples['create'],
  cold: Samples['create'],
) {
  const reportTime = (what: string, value: number, atMost: number | null = null, note = '') =>
    report({ part: 'writes', what: `${kind}: ${what}`, nodes, value, unit: 'ms', atMost, note });
  const rest = restOf(through);
  reportTime(
    'Ray alone, median',
    median(direct),
    null,
    `${String(direct.length)} of each, in turns, after ${String(WARM_UP)} of each that are not told`,
  );
  reportTime('through the console, median', median(through.map(({ ms }) => ms)));
  const syncs = median(through.map((each) => each.syncs));
  reportTime(
    'journal with its syncs, median',
    median(through.map(({ journal }) => journal)),
    null,
    `${String(syncs)} syncs before the answer`,
  );
  reportTime(
    'journal with its syncs, 99th percentile',
    quantile(
      through.map(({ journal }) => journal),
      0.99,
    ),
  );
  reportTime('what else the console adds, median', median(rest) - median(direct), limits.median);
  reportTime('what else the console adds, 99th percentile', quantile(rest, 0.99) - quantile(direct, 0.99), limits.p99);
  reportTime(
    'what else it adds when just started, median',
    median(restOf(cold.through)) - median(cold.direct),
    null,
    `its first ${String(COLD)}, Ray just started too (${median(cold.direct).toFixed(1)} ms)`,
  );
}

function restOf(through: readonly Timed[]): readonly number[] {
  return through.map(({ ms, journal }) => ms - journal);
}

async function timeThroughConsole(console: BenchConsole, wanted: ChangeRequest): Promise<Timed> {
  const { reply, ...times } = await timed(console, () => sendChange(console.address, wanted));
  expectApplied(reply);
  return times;
}

/** Reads the metrics around writes straight to Ray too: the garbage of reading them would otherwise slow down only one side. */
async function timed(console: BenchConsole, write: () => Promise<string>): Promise<Timed & { readonly reply: string }> {
  const before = await journalOf(console);
  const begun = performance.now();
  const reply = await write();
  const ms = performance.now() - begun;
  const after = await journalOf(console);
  return { reply, ms, journal: 1_000 * (after.seconds - before.seconds), syncs: after.count - before.count };
}

async function journalOf(console: BenchConsole): Promise<{ readonly seconds: number; readonly count: number }> {
  const samples = await console.metrics();
  return {
    seconds: valueOf(samples, 'vcc_journal_write_seconds_sum') ?? 0,
    count: valueOf(samples, 'vcc_journal_write_seconds_count') ?? 0,
  };
}
