import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSimulatedRay } from '../harness/simulated-console.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import type { UnknownReason } from '../../domain/sourced.ts';
import type { ResultKind } from '../../domain/result.ts';

type SimulatedRay = Awaited<ReturnType<typeof createSimulatedRay>>;
type Console = ReturnType<SimulatedRay['start']>;

/** What can become of Ray, how the console names it, and what a save comes to that is asked for meanwhile. */
interface Trouble {
  readonly name: string;
  readonly begin: (ray: SimulatedRay) => Promise<unknown>;
  readonly end: (ray: SimulatedRay) => Promise<unknown>;
  readonly reason: UnknownReason;
  /** `arrives`: Ray did what was asked for, though nobody heard of it. */
  readonly write: { readonly told: readonly ResultKind[]; readonly arrives: boolean };
}

const faults =
  (...list: readonly object[]) =>
  (ray: SimulatedRay) =>
    ray.control('PUT', '/faults', list);
const nothing = faults();

/** Replies of something that is not Ray, at Ray's address. */
function instead(reply: () => Response): Pick<Trouble, 'begin' | 'end'> {
  const answer = (reply: () => Response | null) => async (ray: SimulatedRay) => {
    for (const method of ['GET', 'POST', 'DELETE']) ray.intercept(method, reply);
  };
  return { begin: answer(reply), end: answer(() => null) };
}

const troubles: readonly Trouble[] = [
  {
    name: 'nobody reaches it',
    begin: (ray) => ray.control('POST', '/away', { away: true }),
    end: (ray) => ray.control('POST', '/away', { away: false }),
    reason: 'unreachable',
    write: { told: ['unreachable'], arrives: false },
  },
  {
    name: 'it is so slow that it is given up',
    begin: faults({ path: '*', kind: 'delay', ms: 120_000 }),
    end: nothing,
    reason: 'timed-out',
    write: { told: ['unknown'], arrives: true },
  },
  {
    name: 'each reply is cut in its middle',
    begin: faults({ path: '*', kind: 'cut' }),
    end: nothing,
    reason: 'unreachable',
    write: { told: ['unknown'], arrives: true },
  },
  {
    name: 'a proxy answers with its error page',
    begin: faults({ path: '*', kind: 'html' }),
    end: nothing,
    reason: 'unreadable',
    write: { told: ['unknown'], arrives: false },
  },
  {
    name: 'another service answers with JSON of its own',
    ...instead(() => Response.json({ status: 'ok', data: { items: [] } })),
    reason: 'unreadable',
    write: { told: ['unknown'], arrives: false },
  },
  {
    name: 'another service answers with JSON that is almost Ray’s',
    ...instead(() =>
      Response.json({
        result: true,
        msg: 'All virtual clusters fetched.',
        data: { virtualClusters: [{ virtualClusterId: 7 }] },
      }),
    ),
    reason: 'unreadable',
    write: { told: ['unknown'], arrives: false },
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

/** Whether Ray has a virtual cluster, asked past the console. */
async function rayHas(id: string): Promise<boolean> {
  return (await (await ray.script('GET', `/virtual_clusters?t=${String(Math.random())}`)).text()).includes(
    `"virtualClusterId": "${id}"`,
  );
}

const epochOf = ({ version }: { readonly version: string }) => version.slice(0, version.lastIndexOf('-'));

describe.each(troubles)('$name', ({ begin, end, reason, write }) => {
  test('from the start on: the console serves, says why it knows nothing, and shows Ray once it is there', async () => {
    await ray.script('POST', '/virtual_clusters', {
      virtualClusterId: 'before',
      divisible: false,
      replicaSets: { '4c8g': 2 },
    });
    await begin(ray);
    const console = start();
    await ray.clock.advance(40_000);
    const blind = await console.fleet();
    expect(blind.clusters).toEqual([]);
    expect(blind.sources.list?.failure?.reason).toBe(reason);
    await end(ray);
    await ray.clock.advance(120_000);
    const seen = await console.fleet();
    expect(seen.clusters.map(({ id }) => id)).toEqual(['before']);
    expect(seen.sources.list?.failure).toBe(null);
  });

  test('meanwhile: what was known stays with its age; then all is as Ray has it, without a restart and without a timer left over', async () => {
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

  test('a save that is asked for meanwhile is never called failed when it may have arrived, and is settled afterwards', async () => {
    const store = createInMemoryChangeLog({ clock: ray.clock, days: 1, most: 100 });
    const console = start(store);
    await ray.clock.advance(5_000);
    await begin(ray);
    const told = await console.create('asked-meanwhile', { '4c8g': 1 });
    // What could not be sent may be called so only when nothing was sent.
    expect(write.told).toContain(told.result?.kind ?? 'unknown');
    await end(ray);
    await ray.clock.advance(180_000);
    expect(await rayHas('asked-meanwhile')).toBe(write.arrives);
    const known = await console.known(console.lastId());
    if (write.arrives) expect(known.result).toMatchObject({ kind: 'applied', seen: 'looked' });
    else if (write.told.includes('unknown')) expect(known.result?.kind).toBe('unknown');
    else expect(known.result).toEqual(told.result);
  });
});

test('Ray goes, comes back as another one, and is cut while it is read: nothing of the one before is shown as of this one', async () => {
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
