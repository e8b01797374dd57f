import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import type { Result } from '../../domain/result.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import { createLocalAuthenticator, localAdministrator, type Grant } from '../auth/authenticator.ts';
import { createChangeQueue } from './change-queue.ts';
import { createDeferredDeletions } from './deferred-deletions.ts';
import { createInMemoryChangeLog } from '../journal/in-memory-change-log.ts';
import { createFleetStore } from '../fleet/fleet-store.ts';
import { createWritePriority } from '../polling/write-priority.ts';
import { createSimulatedRay } from '../../testing/harness/simulated-console.ts';
import { createPoller, type Poller } from '../polling/poller.ts';

type SimulatedRay = Awaited<ReturnType<typeof createSimulatedRay>>;

const MINUTE = 60_000;
let ray: SimulatedRay;
let store: ChangeLog;
let console: ReturnType<SimulatedRay['start']>;

beforeEach(async () => {
  ray = await createSimulatedRay({ '4c8g': 6, '8c16g': 3 });
  store = createInMemoryChangeLog({ clock: ray.clock, days: 30, most: 100 });
  console = ray.start(store);
  await ray.clock.advance(1_000);
});

afterEach(() => console.close());

/** Requests the deletion; resolves with the change's id. */
async function ask(id: string): Promise<string> {
  const change = await console.change({ kind: 'delete-when-idle', clusterId: id, base: await console.seen(id) });
  expect(change.result).toEqual({ kind: 'waiting', refusedAt: null });
  return console.lastId();
}

/** Starts a job and lets its supervisor come up, without any time for the console. */
async function runJob(): Promise<void> {
  await ray.job('vc');
  await ray.control('POST', '/clock', { advanceMs: 3_000 });
}

const resultOf = async (id: string): Promise<Result | null> => (await console.known(id)).result;
const isThere = async (id: string) => (await console.fleet()).clusters.some((each) => each.id === id);
const waiting = async () => (await console.fleet()).waiting;

describe('a deletion that waits', () => {
  test('goes out after five minutes of being idle, not before, and says who left', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    await ray.clock.advance(4 * MINUTE);
    expect(await isThere('vc')).toBe(true);
    expect(await waiting()).toMatchObject([
      { changeId: id, clusterId: 'vc', who: 'local administrator', notIdle: null, refusedAt: null },
    ]);
    const { idleSince } = (await waiting())[0] ?? {};
    expect(ray.clock.now() - (idleSince ?? 0)).toBeGreaterThan(3.9 * MINUTE);
    await ray.clock.advance(2 * MINUTE);
    expect(await isThere('vc')).toBe(false);
    expect(await waiting()).toEqual([]);
    expect(await console.known(id)).toMatchObject({
      result: { kind: 'applied', seen: 'reply', retries: 0 },
      attempts: 1,
      moved: { leftCount: 2 },
    });
  });

  test('starts the idle period again with every job, at its end', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    await ray.clock.advance(4 * MINUTE);
    const job = await ray.job('vc');
    await ray.clock.advance(MINUTE);
    expect(await waiting()).toMatchObject([{ idleSince: null, notIdle: { kind: 'jobs', count: 1 } }]);
    await ray.clock.advance(10 * MINUTE);
    await ray.control('POST', `/jobs/${job}/finish`);
    await ray.clock.advance(4 * MINUTE);
    expect(await resultOf(id)).toMatchObject({ kind: 'waiting' });
    await ray.clock.advance(2 * MINUTE);
    expect(await resultOf(id)).toMatchObject({ kind: 'applied' });
  });

  test("is held up by a finished job's cluster until that is released", async () => {
    await console.create('vc', { '8c16g': 2 }, true);
    const job = await ray.job('vc', { replicaSets: { '8c16g': 1 } });
    await ray.clock.advance(MINUTE);
    const id = await ask('vc');
    await ray.control('POST', `/jobs/${job}/finish`);
    await ray.clock.advance(20 * MINUTE);
    expect(await waiting()).toMatchObject([{ idleSince: null, notIdle: { kind: 'leftovers', count: 1 } }]);
    expect((await console.change({ kind: 'release', clusterId: `vc##${job}` })).result).toMatchObject({
      kind: 'applied',
    });
    await ray.clock.advance(6 * MINUTE);
    expect(await resultOf(id)).toMatchObject({ kind: 'applied' });
  });

  test('never takes what is not known for idle', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    await ray.control('PUT', '/faults', [{ method: 'GET', path: '/api/v0/actors', kind: 'traceback' }]);
    await ray.clock.advance(20 * MINUTE);
    expect(await waiting()).toMatchObject([{ idleSince: null, notIdle: { kind: 'unknown', source: 'actors' } }]);
    await ray.control('PUT', '/faults', []);
    await ray.clock.advance(4 * MINUTE);
    expect(await resultOf(id)).toMatchObject({ kind: 'waiting' });
  });

  test.each([
    ['shows a job', runJob, true],
    [
      'fails',
      () => ray.control('PUT', '/faults', [{ method: 'GET', path: '/api/v0/actors', kind: 'traceback' }]),
      true,
    ],
    ['shows what it showed', () => Promise.resolve(), false],
  ])('reads everything again right before it is sent: when that %s', async (_, happens, stays) => {
    await console.create('vc', { '4c8g': 2 });
    const seen = await console.seen('vc');
    const fleetStore = createFleetStore({ clock: ray.clock, ids: () => 'epoch', startedReadOnly: false });
    const poller = createPoller({
      ray: ray.client,
      store: fleetStore,
      clock: ray.clock,
      writePriority: createWritePriority(ray.clock),
    });
    let happened: Promise<unknown> | null = null;
    // The event comes after the last reading of the poller itself.
    const refresh: Poller['refresh'] = async (name) => {
      await (happened ??= happens());
      return poller.refresh(name);
    };
    const sent: string[] = [];
    const shown: string[][] = [];
    const waits = createDeferredDeletions({
      store: fleetStore,
      poller: { refresh },
      changeLog: store,
      clock: ray.clock,
      queue: createChangeQueue(),
      executor: {
        execute(record) {
          sent.push(record.change.id);
          return Promise.resolve(record);
        },
        onSaveApplied: () => undefined,
      },
      authorRight: () => 'kept',
      onChanged: () => shown.push(waits.pending().map(({ changeId }) => changeId)),
    });
    const change = await console.change({ kind: 'delete-when-idle', clusterId: 'vc', base: seen });
    await console.close();
    await waits.add({ change, sentOn: null, membersBefore: null, session: null });
    await ray.clock.advance(6 * MINUTE);
    expect(happened).not.toBeNull();
    expect(sent.length).toBe(stays ? 0 : 1);
    expect(shown[0]).toEqual([change.id]);
    expect(shown.at(-1)).toEqual(stays ? [change.id] : []);
    poller.close();
  });

  test('keeps waiting when Ray says that the cluster is in use by something that Ray does not list', async () => {
    await console.create('vc', { '8c16g': 1 }, true);
    const id = await ask('vc');
    let refused = 0;
    const inUse =
      'Failed to remove virtual cluster vc: The virtual cluster vc can not be removed as it is still in use. ';
    ray.intercept('DELETE', () => {
      refused += 1;
      return refused > 1
        ? null
        : Response.json({ result: false, msg: inUse, data: { virtualClusterId: 'vc' } }, { status: 500 });
    });
    await ray.clock.advance(6 * MINUTE);
    expect(refused).toBe(1);
    expect(await resultOf(id)).toMatchObject({ kind: 'waiting', refusedAt: expect.any(Number) });
    expect((await waiting())[0]?.refusedAt).not.toBeNull();
    await ray.clock.advance(6 * MINUTE);
    expect(await resultOf(id)).toMatchObject({ kind: 'applied' });
  });
});

describe('a deletion that waits is cancelled', () => {
  const cancelled = (why: object) => ({ kind: 'cancelled', why });

  test('by a person, and only while it waits', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    const reply = await console.write('DELETE', paths.change(id));
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ result: cancelled({ reason: 'person', who: 'local administrator' }) });
    expect(await waiting()).toEqual([]);
    expect((await console.write('DELETE', paths.change(id))).status).toBe(409);
    expect((await console.write('DELETE', paths.change('00000000-0000-4000-8000-999999999999'))).status).toBe(404);
    await ray.clock.advance(10 * MINUTE);
    expect(await isThere('vc')).toBe(true);
  });

  test('when somebody past the console changes the cluster', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    await ray.control('POST', '/clusters/vc', { replicaSets: { '4c8g': 3 } });
    await ray.clock.advance(MINUTE);
    expect(await resultOf(id)).toMatchObject(
      cancelled({ reason: 'changed', who: null, now: { replicaSets: { '4c8g': 3 } } }),
    );
    await ray.clock.advance(10 * MINUTE);
    expect(await isThere('vc')).toBe(true);
  });

  test('by any save through this console, even one that changes nothing', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    const seen = await console.seen('vc');
    await console.change({ kind: 'save', clusterId: 'vc', divisible: false, base: seen, want: { '4c8g': 2 } });
    expect(await resultOf(id)).toMatchObject(cancelled({ reason: 'changed', who: 'local administrator' }));
  });

  test('when the cluster is gone, and does not delete one of the same name that comes after', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    await console.change({ kind: 'delete', clusterId: 'vc', base: null });
    expect(await resultOf(id)).toMatchObject(cancelled({ reason: 'gone' }));
    await console.create('vc', { '4c8g': 2 });
    await ray.clock.advance(10 * MINUTE);
    expect(await isThere('vc')).toBe(true);
  });

  test('when Ray is restarted', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    await ray.control('POST', '/restart');
    await ray.clock.advance(MINUTE);
    expect(await resultOf(id)).toMatchObject(cancelled({ reason: 'ray-restarted' }));
  });

  test('when the same deletion was requested before', async () => {
    await console.create('vc', { '4c8g': 2 });
    const first = await ask('vc');
    const again = await console.change({ kind: 'delete-when-idle', clusterId: 'vc', base: await console.seen('vc') });
    expect(again.result).toEqual(cancelled({ reason: 'asked-before', who: 'local administrator' }));
    expect(await resultOf(first)).toMatchObject({ kind: 'waiting' });
  });
});

describe('a restart of the console', () => {
  test('leaves it waiting, with a new idle period', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    await ray.clock.advance(4 * MINUTE);
    await console.close();
    console = ray.start(store);
    await ray.clock.advance(4 * MINUTE);
    expect(await waiting()).toMatchObject([{ changeId: id, clusterId: 'vc' }]);
    expect(await isThere('vc')).toBe(true);
    await ray.clock.advance(2 * MINUTE);
    expect(await resultOf(id)).toMatchObject({ kind: 'applied' });
  });

  test('does not delete a cluster of the same name on another Ray', async () => {
    await console.create('vc', { '4c8g': 2 });
    const id = await ask('vc');
    await ray.clock.advance(1_000);
    await console.close();
    await ray.control('POST', '/restart');
    await ray.script('POST', '/virtual_clusters', {
      virtualClusterId: 'vc',
      divisible: false,
      replicaSets: { '4c8g': 2 },
      revision: 0,
    });
    console = ray.start(store);
    await ray.clock.advance(10 * MINUTE);
    expect(await resultOf(id)).toMatchObject({ kind: 'cancelled', why: { reason: 'ray-restarted' } });
    expect(await isThere('vc')).toBe(true);
  });
});

describe('a deletion that a token asked for', () => {
  const operator: Grant = { role: 'operator', clusters: null };
  let grant: Grant | null | 'unknown';

  /** A console whose requests all come with the token `ci`. */
  async function startForToken() {
    await console.close();
    console = ray.start(store, {
      access: {
        ...createLocalAuthenticator({ readOnly: false }),
        authenticate: () => ({
          kind: 'authenticated',
          principal: { ...localAdministrator('127.0.0.1', false), name: 'ci', authMethod: 'token' },
        }),
      },
      tokenGrant: () => grant,
    });
    await ray.clock.advance(1_000);
  }

  beforeEach(async () => {
    grant = operator;
    await startForToken();
    await console.create('vc', { '4c8g': 2 });
  });

  test.each<[string, Grant | null]>([
    ['is withdrawn', null],
    ['is a viewer now', { role: 'viewer', clusters: null }],
    ['may change other clusters only', { role: 'operator', clusters: ['team-*'] }],
  ])('is cancelled once the token %s, with the reason in the journal', async (_name, now) => {
    const id = await ask('vc');
    await ray.clock.advance(2 * MINUTE);
    grant = now;
    await ray.clock.advance(MINUTE);
    expect(await waiting()).toEqual([]);
    expect(await resultOf(id)).toEqual({ kind: 'cancelled', why: { reason: 'right-withdrawn', who: 'ci' } });
    await ray.clock.advance(10 * MINUTE);
    expect(await isThere('vc')).toBe(true);
  });

  test('is cancelled by the next console when the token was withdrawn meanwhile', async () => {
    const id = await ask('vc');
    grant = null;
    await startForToken();
    await ray.clock.advance(MINUTE);
    expect(await resultOf(id)).toEqual({ kind: 'cancelled', why: { reason: 'right-withdrawn', who: 'ci' } });
  });

  test('waits while the tokens can not be read, and goes out afterwards', async () => {
    await ask('vc');
    grant = 'unknown';
    await ray.clock.advance(10 * MINUTE);
    expect(await waiting()).toHaveLength(1);
    expect(await isThere('vc')).toBe(true);
    grant = operator;
    await ray.clock.advance(MINUTE);
    expect(await isThere('vc')).toBe(false);
  });
});
