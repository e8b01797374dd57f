import type { ChangeRequest } from '../../src/domain/change.ts';
import { parseJson } from '../../src/ray/exact-json.ts';
import * as z from 'zod/mini';
import { startConsole } from '../bench-console.ts';
import { startWatcherPool } from '../watcher-pool.ts';
import { fingerprint } from '../fingerprint.ts';
import { quantile, type Report } from '../measurements.ts';
import type { BenchRay } from '../bench-ray.ts';
import { expectApplied, sendChange } from '../send-change.ts';
import { delay, waitUntilSettled } from '../wait.ts';

const WATCHERS = 200;
const CHANGE_INTERVAL_MS = 1_000;
/** How long the watchers may take to reach Ray's state after the last change, ms. */
const CONVERGES_WITHIN_MS = 30_000;

/** One change a second for `minutes` with 200 watchers, alternately by another administrator and through the console. */
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
  const watchers = startWatcherPool(true);
  try {
    await waitUntilSettled(ray);
    await watchers.open(console.address, 1);
    const alone = await callsWhile(ray, () => makeChanges(ray, console.address, clusters, 30, 0));
    await watchers.open(console.address, WATCHERS - 1);
    const heaps: number[] = [];
    const together = await callsWhile(ray, async () => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await makeChanges(ray, console.address, clusters, 60, 1 + minute);
        const samples: number[] = [];
        for (let sample = 0; sample < 3; sample += 1) {
          const { heapUsed, external } = await console.resourceUsage();
          samples.push(heapUsed + external);
        }
        heaps.push(quantile(samples, 0));
      }
    });
    const ends = await countConverged(ray, watchers);
    report({
      part: 'soak',
      what: 'watchers that end on another state than Ray',
      nodes,
      value: WATCHERS - ends.same,
      unit: 'count',
      atMost: 0,
      note: `of ${String(WATCHERS)}, ${String(minutes)} min of a change a second; ${String(ends.events)} events`,
    });
    report({
      part: 'soak',
      what: 'streams that broke',
      nodes,
      value: ends.broken.length,
      unit: 'count',
      atMost: 0,
      note: ends.broken[0] ?? '',
    });
    const [second, last] = [heaps[Math.min(1, heaps.length - 1)] ?? Number.NaN, heaps.at(-1) ?? Number.NaN];
    report({
      part: 'soak',
      what: 'heap, the last minute against the second',
      nodes,
      value: last / second,
      unit: 'ratio',
      atMost: 1.1,
      note: `MB each minute: ${heaps.map((each) => (each / 1e6).toFixed(1)).join(', ')}`,
    });
    report({
      part: 'soak',
      what: 'calls to Ray, 200 watching against 1',
      nodes,
      value: together / (minutes * 60) / (alone / 30),
      unit: 'ratio',
      atMost: 1.1,
      note: `${(together / minutes).toFixed(0)} a minute`,
    });
  } finally {
    await watchers.stop();
    await console.stop();
  }
}

/** Makes one change a second for `seconds`. */
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
      await ray.edit(editedClusterId(number / 2, clusters), {
        '4c8g': 36 + (number % 3),
        '8c16g': 27,
        '16c64g': 18,
        gpu_a10: 9,
      });
    else if (second % 4 === 1)
      await sendThroughConsole(address, {
        kind: 'save',
        clusterId: id,
        divisible: false,
        base: null,
        want: { '8c16g': 1 },
      });
    else await sendThroughConsole(address, { kind: 'delete', clusterId: id, base: null });
    await next;
  }
}

/** Cycles through the clusters except the first, whose running job holds its nodes. */
function editedClusterId(turn: number, clusters: number): string {
  return `team-${String(2 + (turn % (clusters - 1))).padStart(4, '0')}`;
}

async function sendThroughConsole(address: string, wanted: ChangeRequest): Promise<void> {
  expectApplied(await sendChange(address, wanted));
}

async function callsWhile(ray: BenchRay, act: () => Promise<void>): Promise<number> {
  const reads = async () =>
    Object.entries(await ray.calls()).reduce((sum, [name, times]) => (name.startsWith('GET ') ? sum + times : sum), 0);
  const before = await reads();
  await act();
  return (await reads()) - before;
}

const listSchema = z.object({
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

/** Counts the watchers whose state equals Ray's, once all do or the time is over. */
async function countConverged(ray: BenchRay, watchers: ReturnType<typeof startWatcherPool>) {
  const { virtualClusters } = listSchema.parse(parseJson(await ray.list())).data;
  const expected = fingerprint(
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
    const { states, events, broken } = await watchers.stats();
    const same = states[expected] ?? 0;
    if (same === WATCHERS || waited >= CONVERGES_WITHIN_MS) return { same, events, broken };
    await delay(CHANGE_INTERVAL_MS);
  }
}
