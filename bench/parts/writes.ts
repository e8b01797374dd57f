import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { CONSOLE_HEADER, paths } from '../../src/contract/paths.ts';
import { valueOf } from '../../src/testing/harness/parse-metrics.ts';
import { startConsole, type BenchConsole } from '../bench-console.ts';
import { median, quantile, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { delay, waitUntilSettled } from '../wait.ts';

/** What the console may add to a write beside the journal's syncs, ms. */
const limits = { median: 2, p99: 8 } as const;

/** After a write the console reads Ray anew: so long is waited until both are at rest again, ms. People's writes come no faster. */
const REST_MS = 200;

/** So many of each go before, one right after the other: a console and a Ray that have run for a day have compiled what they do often. */
const WARM_UP = 400;

/** So many are told of before that. */
const COLD = 40;

interface Timed {
  readonly ms: number;
  /** How long the journal's writes took of that, ms, and how many there were. */
  readonly journal: number;
  readonly syncs: number;
}

interface Samples {
  readonly create: { readonly direct: number[]; readonly through: Timed[] };
  readonly delete: { readonly direct: number[]; readonly through: Timed[] };
}

/**
 * The same writes sent to Ray and through the console, in turns: a virtual cluster made, and deleted. What the journal
 * took is the console's own word, from its metrics before and after.
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
    // The first few find nothing warm, on either side, and nothing is to be told of them.
    await runPairs('first', ray, console, 5, REST_MS);
    const cold = await runPairs('cold', ray, console, COLD, REST_MS);
    await runPairs('warm-up', ray, console, WARM_UP, 0);
    const warm = await runPairs('warm', ray, console, pairs, REST_MS);
    for (const kind of ['create', 'delete'] as const) reportWrites(report, nodes, kind, warm[kind], cold[kind]);
  } finally {
    await console.stop();
  }
}

/** So many pairs of each write, this long after one another, ms. */
async function runPairs(
  name: string,
  ray: BenchRay,
  console: BenchConsole,
  pairs: number,
  rest: number,
): Promise<Samples> {
  const samples: Samples = { create: { direct: [], through: [] }, delete: { direct: [], through: [] } };
  for (let pair = 0; pair < pairs; pair += 1) {
    const [own, ours] = [`direct-${name}-${String(pair)}`, `through-${name}-${String(pair)}`];
    const direct = async (kind: 'create' | 'delete') => {
      const { ms } = await timed(console, () =>
        kind === 'create'
          ? ray.write('POST', own, { virtualClusterId: own, divisible: false, replicaSets: { '4c8g': 1 } })
          : ray.write('DELETE', own),
      );
      samples[kind].direct.push(ms);
    };
    const through = async (kind: 'create' | 'delete') => {
      samples[kind].through.push(
        await send(
          console,
          kind === 'create'
            ? { kind: 'save', clusterId: ours, divisible: false, base: null, want: { '4c8g': 1 } }
            : { kind: 'delete', clusterId: ours, base: null },
        ),
      );
    };
    for (const kind of ['create', 'delete'] as const) {
      // Whoever goes first finds other caches: so they take turns in that too.
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
  const say = (what: string, value: number, atMost: number | null = null, note = '') =>
    report({ part: 'writes', what: `${kind}: ${what}`, nodes, value, unit: 'ms', atMost, note });
  const rest = restOf(through);
  say(
    'Ray alone, median',
    median(direct),
    null,
    `${String(direct.length)} of each, in turns, after ${String(WARM_UP)} of each that are not told`,
  );
  say('through the console, median', median(through.map(({ ms }) => ms)));
  const syncs = median(through.map((each) => each.syncs));
  say(
    'journal with its syncs, median',
    median(through.map(({ journal }) => journal)),
    null,
    `${String(syncs)} syncs before the answer`,
  );
  say(
    'journal with its syncs, 99th percentile',
    quantile(
      through.map(({ journal }) => journal),
      0.99,
    ),
  );
  say('what else the console adds, median', median(rest) - median(direct), limits.median);
  say('what else the console adds, 99th percentile', quantile(rest, 0.99) - quantile(direct, 0.99), limits.p99);
  say(
    'what else it adds when just started, median',
    median(restOf(cold.through)) - median(cold.direct),
    null,
    `its first ${String(COLD)}, Ray just started too (${median(cold.direct).toFixed(1)} ms)`,
  );
}

function restOf(through: readonly Timed[]): readonly number[] {
  return through.map(({ ms, journal }) => ms - journal);
}

const answered = z.object({ result: z.nullable(z.object({ kind: z.string() })) });

async function send(console: BenchConsole, wanted: unknown): Promise<Timed> {
  const { came, ...times } = await timed(console, async () => {
    const reply = await fetch(`${console.address}${paths.change(randomUUID())}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
      body: JSON.stringify(wanted),
    });
    return reply.text();
  });
  const { result } = answered.parse(JSON.parse(came));
  if (result?.kind !== 'applied') throw new Error(`A change of the bench came to ${came.slice(0, 300)}`);
  return times;
}

/** Both ways alike, though nothing is to be learned of a write past the console: what reading the metrics leaves to collect would make one of them seem slower. */
async function timed(console: BenchConsole, write: () => Promise<string>): Promise<Timed & { readonly came: string }> {
  const before = await journalOf(console);
  const begun = performance.now();
  const came = await write();
  const ms = performance.now() - begun;
  const after = await journalOf(console);
  return { came, ms, journal: 1_000 * (after.seconds - before.seconds), syncs: after.count - before.count };
}

async function journalOf(console: BenchConsole): Promise<{ readonly seconds: number; readonly count: number }> {
  const samples = await console.metrics();
  return {
    seconds: valueOf(samples, 'vcc_journal_write_seconds_sum') ?? 0,
    count: valueOf(samples, 'vcc_journal_write_seconds_count') ?? 0,
  };
}
