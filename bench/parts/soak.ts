import { randomUUID } from 'node:crypto';
import { CONSOLE_HEADER, paths } from '../../src/contract/paths.ts';
import { parseJson } from '../../src/ray/exact-json.ts';
import * as z from 'zod/mini';
import { startConsole } from '../bench-console.ts';
import { startWatcherPool } from '../watcher-pool.ts';
import { fingerprint } from '../fingerprint.ts';
import { quantile, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { delay, waitUntilSettled } from '../wait.ts';

const WATCHERS = 200;
const CHANGE_INTERVAL_MS = 1_000;
/** All watchers end on Ray's state within this time after the last change, ms. */
const CONVERGES_WITHIN_MS = 30_000;

/** `minutes` of a change a second with 200 watchers: by another administrator and through the console in turns. */
export async function benchSoak({
  report,
  ray,
  minutes,
}: {
  readonly report: Report;
  readonly ray: BenchRay;
  readonly minutes: number;
}): Promise<void> {
  const [nodes, clusters] = [1_000, 10];
  await ray.fleet(nodes, clusters);
  const console = await startConsole(ray.address);
  const crowd = startWatcherPool(true);
  try {
    await waitUntilSettled(ray);
    await crowd.open(console.address, 1);
    const alone = await callsWhile(ray, () => makeChanges(ray, console.address, clusters, 30, 0));
    await crowd.open(console.address, WATCHERS - 1);
    const heaps: number[] = [];
    const together = await callsWhile(ray, async () => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await makeChanges(ray, console.address, clusters, 60, 1 + minute);
        const looks: number[] = [];
        for (let look = 0; look < 3; look += 1) {
          const { heapUsed, external } = await console.resourceUsage();
          looks.push(heapUsed + external);
        }
        heaps.push(quantile(looks, 0));
      }
    });
    const tell: Report = (one) => report({ ...one });
    const ends = await countConverged(ray, crowd);
    tell({
      part: 'soak',
      what: 'watchers that end on another state than Ray',
      nodes,
      value: WATCHERS - ends.same,
      unit: 'count',
      atMost: 0,
      note: `of ${String(WATCHERS)}, ${String(minutes)} min of a change a second; ${String(ends.events)} events`,
    });
    tell({
      part: 'soak',
      what: 'streams that broke',
      nodes,
      value: ends.broken.length,
      unit: 'count',
      atMost: 0,
      note: ends.broken[0] ?? '',
    });
    const [second, last] = [heaps[Math.min(1, heaps.length - 1)] ?? Number.NaN, heaps.at(-1) ?? Number.NaN];
    tell({
      part: 'soak',
      what: 'heap, the last minute against the second',
      nodes,
      value: last / second,
      unit: 'ratio',
      atMost: 1.1,
      note: `MB each minute: ${heaps.map((each) => (each / 1e6).toFixed(1)).join(', ')}`,
    });
    tell({
      part: 'soak',
      what: 'calls to Ray, 200 watching against 1',
      nodes,
      value: together / (minutes * 60) / (alone / 30),
      unit: 'ratio',
      atMost: 1.1,
      note: `${(together / minutes).toFixed(0)} a minute`,
    });
  } finally {
    await crowd.stop();
    await console.stop();
  }
}

/** So many changes, one a second. */
async function makeChanges(
  ray: BenchRay,
  address: string,
  clusters: number,
  seconds: number,
  round: number,
): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    const next = delay(CHANGE_INTERVAL_MS);
    const number = round * 60 + second;
    const id = `soak-${String(Math.floor(number / 4))}`;
    if (second % 2 === 0)
      await ray.edit(edited(number / 2, clusters), {
        '4c8g': 36 + (number % 3),
        '8c16g': 27,
        '16c64g': 18,
        gpu_a10: 9,
      });
    else if (second % 4 === 1)
      await throughConsole(address, {
        kind: 'save',
        clusterId: id,
        divisible: false,
        base: null,
        want: { '8c16g': 1 },
      });
    else await throughConsole(address, { kind: 'delete', clusterId: id, base: null });
    await next;
  }
}

/** One cluster after the other, but for the first: a job runs there, and holds what it has. */
function edited(turn: number, clusters: number): string {
  return `team-${String(2 + (turn % (clusters - 1))).padStart(4, '0')}`;
}

/** One change as the page sends it: its result's kind. */
async function throughConsole(address: string, wanted: unknown): Promise<void> {
  const reply = await fetch(`${address}${paths.change(randomUUID())}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
    body: JSON.stringify(wanted),
  });
  const { result } = z.object({ result: z.nullable(z.object({ kind: z.string() })) }).parse(await reply.json());
  if (result?.kind !== 'applied') throw new Error(`A change of the bench came to ${JSON.stringify(result)}`);
}

async function callsWhile(ray: BenchRay, act: () => Promise<void>): Promise<number> {
  const reads = async () =>
    Object.entries(await ray.calls()).reduce((sum, [name, times]) => (name.startsWith('GET ') ? sum + times : sum), 0);
  const before = await reads();
  await act();
  return (await reads()) - before;
}

const list = z.object({
  data: z.object({
    virtualClusters: z.array(
      z.object({
        virtualClusterId: z.string(),
        revision: z.string(),
        isRemoved: z.optional(z.boolean()),
        nodeInstances: z.record(z.string(), z.object({ templateId: z.string() })),
      }),
    ),
  }),
});

/** How many watchers hold what Ray has now. */
async function countConverged(ray: BenchRay, crowd: ReturnType<typeof startWatcherPool>) {
  const { virtualClusters } = list.parse(parseJson(await ray.list())).data;
  const truth = fingerprint(
    virtualClusters
      .filter((each) => each.isRemoved !== true)
      .map(({ virtualClusterId, revision, nodeInstances }) => {
        const counts = new Map<string, number>();
        for (const { templateId } of Object.values(nodeInstances))
          counts.set(templateId, (counts.get(templateId) ?? 0) + 1);
        return {
          id: virtualClusterId,
          revision,
          templates: [...counts].map(([templateId, count]) => ({ templateId, count })),
        };
      }),
  );
  for (let waited = 0; ; waited += CHANGE_INTERVAL_MS) {
    const { states, events, broken } = await crowd.stats();
    const same = states[truth] ?? 0;
    if (same === WATCHERS || waited >= CONVERGES_WITHIN_MS) return { same, events, broken };
    await delay(CHANGE_INTERVAL_MS);
  }
}
