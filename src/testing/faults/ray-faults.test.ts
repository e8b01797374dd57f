import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSimulatedRay } from '../harness/simulated-console.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import type { UnknownReason } from '../../domain/sourced.ts';
import type { ResultKind } from '../../domain/result.ts';

type SimulatedRay = Awaited<ReturnType<typeof createSimulatedRay>>;
type Console = ReturnType<SimulatedRay['start']>;

/** A failure of Ray, the reason that the console reports, and the results that a save during it may have. */
interface RayFault {
  readonly name: string;
  readonly begin: (ray: SimulatedRay) => Promise<unknown>;
  readonly end: (ray: SimulatedRay) => Promise<unknown>;
  readonly reason: UnknownReason;
  /** `arrives`: the write takes effect in Ray, though its reply is lost. */
  readonly write: { readonly results: readonly ResultKind[]; readonly arrives: boolean };
}

const setFaults =
  (...list: readonly object[]) =>
  (ray: SimulatedRay) =>
    ray.control('PUT', '/faults', list);
const clearFaults = setFaults();

/** Another service replies at Ray's address. */
function anotherService(reply: () => Response): Pick<RayFault, 'begin' | 'end'> {
  const answer = (reply: () => Response | null) => async (ray: SimulatedRay) => {
    for (const method of ['GET', 'POST', 'DELETE']) ray.intercept(method, reply);
  };
  return { begin: answer(reply), end: answer(() => null) };
}

const rayFaults: readonly RayFault[] = [
  {
    name: 'Ray is unreachable',
    begin: (ray) => ray.control('POST', '/away', { away: true }),
    end: (ray) => ray.control('POST', '/away', { away: false }),
    reason: 'unreachable',
    write: { results: ['unreachable'], arrives: false },
  },
  {
    name: 'Ray is slower than the time-out',
    begin: setFaults({ path: '*', kind: 'delay', ms: 120_000 }),
    end: clearFaults,
    reason: 'timed-out',
    write: { results: ['unknown'], arrives: true },
  },
  {
    name: 'every reply is cut off',
    begin: setFaults({ path: '*', kind: 'cut' }),
    end: clearFaults,
    reason: 'unreachable',
    write: { results: ['unknown'], arrives: true },
  },
  {
    name: 'a proxy replies with its error page',
    begin: setFaults({ path: '*', kind: 'html' }),
    end: clearFaults,
    reason: 'unreadable',
    write: { results: ['unknown'], arrives: false },
  },
  {
    name: 'another service replies with other JSON',
    ...anotherService(() => Response.json({ status: 'ok', data: { items: [] } })),
    reason: 'unreadable',
    write: { results: ['unknown'], arrives: false },
  },
  {
    name: 'another service replies with JSON that is almost Ray’s',
    ...anotherService(() =>
      Response.json({
        result: true,
        msg: 'All virtual clusters fetched.',
        data: { virtualClusters: [{ virtualClusterId: 7 }] },
      }),
    ),
    reason: 'unreadable',
    write: { results: ['unknown'], arrives: false },
  },
];

let ray: SimulatedRay;
let running: Console | null;

beforeEach(async () => {
  ray = await createSimulatedRay({ '4c8g': 8 });
  running = null;
});
afterEach(() => running?.close());

function start(...given: Parameters<SimulatedRay['start']>): Console {
  running = ray.start(...given);
  return running;
}

/** Whether Ray has a virtual cluster, read past the console. */
async function rayHas(id: string): Promise<boolean> {
  return (await (await ray.script('GET', `/virtual_clusters?t=${String(Math.random())}`)).text()).includes(
    `"virtualClusterId": "${id}"`,
  );
}

const epochOf = ({ version }: { readonly version: string }) => version.slice(0, version.lastIndexOf('-'));

describe.each(rayFaults)('$name', ({ begin, end, reason, write }) => {
  test('from the start: the console serves, reports why it has no data, and shows Ray once it is back', async () => {
    await ray.script('POST', '/virtual_clusters', {
      virtualClusterId: 'before',
      divisible: false,
      replicaSets: { '4c8g': 2 },
    });
    await begin(ray);
    const console = start();
    await ray.clock.advance(40_000);
    const withoutRay = await console.fleet();
    expect(withoutRay.clusters).toEqual([]);
    expect(withoutRay.sources.list?.failure?.reason).toBe(reason);
    await end(ray);
    await ray.clock.advance(120_000);
    const recovered = await console.fleet();
    expect(recovered.clusters.map(({ id }) => id)).toEqual(['before']);
    expect(recovered.sources.list?.failure).toBe(null);
  });

  test('during operation: the last data stays with its age; afterwards everything is as in Ray, without a restart and without a leaked timer', async () => {
    const console = start();
    await console.create('before', { '4c8g': 2 });
    await ray.clock.advance(60_000);
    const before = await console.fleet();
    const timers = ray.clock.waiting();
    await begin(ray);
    await ray.clock.advance(90_000);
    const during = await console.fleet();
    expect(during.clusters.map(({ id }) => id)).toEqual(['before']);
    expect(during.sources.list?.failure?.reason).toBe(reason);
    expect(during.now - (during.sources.list?.readAt ?? during.now)).toBeGreaterThan(60_000);
    await end(ray);
    await ray.script('POST', '/virtual_clusters', {
      virtualClusterId: 'made-meanwhile',
      divisible: false,
      replicaSets: { '4c8g': 1 },
    });
    await ray.clock.advance(180_000);
    const after = await console.fleet();
    expect(after.clusters.map(({ id }) => id).toSorted()).toEqual(['before', 'made-meanwhile']);
    expect(Object.values(after.sources).every(({ failure }) => failure === null)).toBe(true);
    expect(epochOf(after)).toBe(epochOf(before));
    expect(ray.clock.waiting()).toBeLessThanOrEqual(timers + 1);
  });

  test('a save during the failure is never reported as failed when it may have arrived, and is settled afterwards', async () => {
    const store = createInMemoryChangeLog({ clock: ray.clock, days: 1, most: 100 });
    const console = start(store);
    await ray.clock.advance(5_000);
    await begin(ray);
    const change = await console.create('asked-meanwhile', { '4c8g': 1 });
    // `unreachable` is allowed only when nothing was sent.
    expect(write.results).toContain(change.result?.kind ?? 'unknown');
    await end(ray);
    await ray.clock.advance(180_000);
    expect(await rayHas('asked-meanwhile')).toBe(write.arrives);
    const known = await console.known(console.lastId());
    if (write.arrives) expect(known.result).toMatchObject({ kind: 'applied', seen: 'looked' });
    else if (write.results.includes('unknown')) expect(known.result?.kind).toBe('unknown');
    else expect(known.result).toEqual(change.result);
  });
});

test('Ray stops and restarts with a new session while a read is cut off: nothing of the old session is shown as current', async () => {
  const console = start();
  await console.create('of-the-first', { '4c8g': 2 });
  await ray.clock.advance(20_000);
  const before = await console.fleet();
  await ray.control('POST', '/away', { away: true });
  await ray.clock.advance(20_000);
  await ray.control('POST', '/restart');
  await ray.control('PUT', '/faults', [{ path: '/api/version', kind: 'cut', times: 2 }]);
  await ray.control('POST', '/away', { away: false });
  await ray.clock.advance(120_000);
  const after = await console.fleet();
  expect(epochOf(after)).not.toBe(epochOf(before));
  expect(after.clusters).toEqual([]);
  expect(after.notice?.lastSeen.map(({ id }) => id)).toEqual(['of-the-first']);
});
