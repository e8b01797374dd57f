import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fleetUpdate } from '../../contract/fleet.ts';
import { nodePage } from '../../contract/nodes.ts';
import { paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import { session } from '../../contract/session.ts';
import { consolePerTest, createTestConsole, uuid } from '../../testing/harness/test-console.ts';
import { listedJob } from '../../testing/harness/jobs.ts';

const on = consolePerTest({ '4c8g': 2 });

const save = { kind: 'save', clusterId: 'vc', divisible: false, base: null, want: { '4c8g': 1 } };
describe('every problem of the own paths is told in words', () => {
  test.each<[method: string, path: string, body: unknown, status: number, code: string]>([
    ['GET', '/api/nothing', undefined, 404, 'no-such-path'],
    ['GET', '/virtual_clusters/', undefined, 404, 'no-such-path'],
    ['GET', '/simulator/clock', undefined, 404, 'not-simulated'],
    ['GET', '/api/changes/x', undefined, 404, 'no-such-change'],
    ['GET', '/api/clusters/nope/nodes', undefined, 404, 'no-such-cluster'],
    ['GET', '/api/clusters/nope/raw', undefined, 404, 'no-such-cluster'],
    ['GET', '/api/clusters/%ff/raw', undefined, 400, 'bad-path'],
    ['GET', '/api/nodes?limit=0', undefined, 400, 'bad-query'],
    ['GET', '/api/fleet?fresh=list', undefined, 400, 'bad-query'],
    ['GET', '/api/changes?offset=x', undefined, 400, 'bad-query'],
    ['POST', '/api/fleet', {}, 405, 'method-not-allowed'],
    ['PUT', '/virtual_clusters', {}, 405, 'method-not-allowed'],
    ['GET', '/virtual_clusters/x', undefined, 405, 'method-not-allowed'],
    ['POST', '/', {}, 405, 'method-not-allowed'],
    ['PUT', '/api/changes/x', save, 400, 'bad-change-id'],
    ['PUT', paths.change(uuid(1)), '{', 400, 'not-json'],
    ['PUT', paths.change(uuid(1)), {}, 400, 'bad-change'],
    ['PUT', paths.change(uuid(1)), { ...save, want: { '4c8g': 1.5 } }, 400, 'bad-change'],
    ['PUT', paths.change(uuid(1)), { ...save, want: { '4c8g': 2 ** 31 } }, 400, 'bad-change'],
    ['PUT', paths.change(uuid(1)), { ...save, base: { revision: 12, replicaSets: {} } }, 400, 'bad-change'],
    ['PUT', paths.change(uuid(1)), { ...save, clusterId: 'a##b' }, 400, 'bad-cluster-id'],
    ['PUT', paths.change(uuid(1)), { ...save, clusterId: 'kPrimaryClusterID' }, 400, 'bad-cluster-id'],
    ['PUT', paths.change(uuid(1)), { kind: 'delete', clusterId: 'a##b', base: null }, 400, 'bad-cluster-id'],
    ['PUT', paths.change(uuid(1)), { kind: 'release', clusterId: 'team' }, 400, 'bad-cluster-id'],
  ])('%s %s %j → %i %s', async (method, path, body, status, code) => {
    const reply = await (method === 'GET' ? on.console.ask(path) : on.console.write(method, path, body));
    expect(reply.status).toBe(status);
    const replied = problem.parse(await reply.json());
    expect(replied.problem).toBe(code);
    expect(replied.detail).toMatch(/\.$/);
    expect(on.ray.saved).toEqual([]);
    expect(on.ray.removed).toEqual([]);
  });
});

test('a change of more templates than one may name is refused in words, and nothing is sent or recorded', async () => {
  const want = Object.fromEntries(Array.from({ length: 257 }, (_, n) => [`t${String(n)}`, 1]));
  const reply = await on.console.write('PUT', paths.change(uuid(1)), { ...save, want });
  expect(reply.status).toBe(400);
  expect(problem.parse(await reply.json())).toEqual({
    problem: 'too-many-templates',
    detail: 'This names 257 templates; a change may name at most 256.',
    denial: { kind: 'too-many-templates', count: 257 },
  });
  expect(on.ray.saved).toEqual([]);
  expect((await on.console.ask(paths.change(uuid(1)))).status).toBe(404);
});

test('the session says who, what they may, and which Ray', async () => {
  expect(session.parse(await (await on.console.ask(paths.session)).json())).toEqual({
    who: 'local administrator',
    mayWrite: true,
    mayNotWriteBecause: null,
    mayNotWriteReason: null,
    clusters: null,
    via: 'local',
    ray: { address: 'simulator', dashboardUrl: null, simulated: false, version: '2.44.1.1', sessionName: 'session_1' },
    consoleVersion: '9.9.9',
  });
});

test('the fleet and its nodes are as the contract says', async () => {
  const update = await on.console.fleet();
  expect(fleetUpdate.safeParse(update).success).toBe(true);
  expect(update.clusters.map(({ id }) => id)).toEqual(['vc']);
  const page = nodePage.parse(await (await on.console.ask(`${paths.clusterNodes('vc')}?limit=1`)).json());
  expect(page).toMatchObject({ total: 2, version: update.version });
  expect(page.nodes.length).toBe(1);
});

describe('a fresh look at the users', () => {
  const fresh = `${paths.fleet}?fresh=users`;

  test('is read before it is answered, as it is not for the page that only asks what moved', async () => {
    await on.console.fleet();
    await on.clock.advance(1_000);
    const before = await on.console.fleet();
    on.ray.jobs = [listedJob('raysubmit_a')];
    on.ray.supervisors = [{ submissionId: 'raysubmit_a', clusterId: 'vc', nodeId: 'node-1' }];
    expect(await on.console.fleet()).toEqual(before);
    const update = fleetUpdate.parse(await (await on.console.during(Promise.resolve(on.console.ask(fresh)))).json());
    expect(update.clusters[0]?.usedBy).toMatchObject({
      known: true,
      value: { jobs: [{ submissionId: 'raysubmit_a' }] },
    });
    for (const name of ['jobs', 'actors', 'state'] as const)
      expect(update.sources[name].readAt).toBeGreaterThanOrEqual(before.now);
  });

  test('is one a second for all who ask, however often', async () => {
    await on.console.fleet();
    const { read } = on.ray;
    let reads = 0;
    on.ray.read = (name, options) => {
      if (name === 'jobs') reads += 1;
      return read(name, options);
    };
    let answered = 0;
    const asking = new AbortController();
    const loop = async () => {
      while (!asking.signal.aborted) {
        await on.console.ask(fresh);
        answered += 1;
      }
    };
    const loops = [loop(), loop(), loop()];
    await on.clock.advance(2_000);
    asking.abort();
    await on.clock.advance(2_000);
    await Promise.all(loops);
    expect(answered).toBeGreaterThanOrEqual(6);
    // The first at once, then one a second, and the scheduled one.
    expect(reads).toBeGreaterThanOrEqual(3);
    expect(reads).toBeLessThanOrEqual(5);
  });

  test('that does not come in 3 s is not waited for, and its age says so', async () => {
    const asked = on.clock.now();
    const { read } = on.ray;
    on.ray.read = (name, options) => (name === 'actors' ? new Promise(() => undefined) : read(name, options));
    let reply: Response | null = null;
    void Promise.resolve(on.console.ask(fresh)).then((came) => (reply = came));
    await on.clock.advance(2_999);
    expect(reply).toBeNull();
    await on.clock.advance(1);
    await on.clock.settle();
    const update = await on.console.fleet();
    expect(reply).not.toBeNull();
    expect(update.sources.actors.readAt).toBeLessThanOrEqual(asked);
    expect(update.sources.jobs.readAt).toBeGreaterThanOrEqual(asked);
  });
});

test('any id arrives whole, whatever it is made of', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1, unit: fc.constantFrom('a', '/', '%', '2', 'F', '#', '?', ' ', '.', '&', 'ä', '\\') }),
      async (id) => {
        fc.pre(id !== '.' && id !== '..');
        on.ray.clusters.clear();
        on.ray.put(id, {});
        await on.clock.advance(31_000);
        const reply = await on.console.ask(paths.clusterRaw(id));
        expect(await reply.text()).toBe(`{"virtualClusterId":"${id}"}`);
      },
    ),
    { numRuns: 40 },
  );
});

describe('a console that may not write', () => {
  test('started so, it says so and sends nothing', async () => {
    const readOnly = createTestConsole({ ...on, readOnly: true });
    await on.clock.settle();
    expect((await readOnly.change(1, { kind: 'delete', clusterId: 'vc', base: null })).status).toBe(403);
    expect((await readOnly.fleet()).readOnly).toBe('started-read-only');
    expect(await (await readOnly.ask(paths.session)).json()).toMatchObject({ mayWrite: false });
    expect(on.ray.removed).toEqual([]);
    await readOnly.close();
  });

  test('over a Ray whose list is none, it says so, and writes again when it is one (fact 26)', async () => {
    on.ray.failing.list = 'not-offered';
    await on.console.fleet();
    await on.clock.advance(5_000);
    expect((await on.console.fleet()).readOnly).toBe('list-unreadable');
    expect((await on.console.change(1, { kind: 'delete', clusterId: 'vc', base: null })).status).toBe(503);
    on.ray.failing.list = null;
    await on.clock.advance(5_000);
    expect((await on.console.fleet()).readOnly).toBeNull();
    expect(
      (await on.console.during(on.console.change(1, { kind: 'delete', clusterId: 'vc', base: null }))).status,
    ).toBe(200);
  });
});

test('another session of Ray is another Ray: everything starts anew', async () => {
  const before = await on.console.fleet();
  on.ray.sessionName = 'session_2';
  on.ray.clusters.clear();
  on.ray.put('other', {});
  await on.clock.advance(31_000);
  const after = await on.console.fleet(before.version);
  expect(after.whole).toBe(true);
  expect(after.clusters.map(({ id }) => id)).toEqual(['other']);
  expect(after.version.split('-').slice(0, -1)).not.toEqual(before.version.split('-').slice(0, -1));
});

test('polls read past the cache while the list is light, and leave it alone when it is heavy', async () => {
  await on.console.fleet();
  await on.clock.advance(4_000);
  expect(on.ray.listReads.at(-1)).toBe(true);
  on.ray.listBytes = 600_000;
  await on.console.fleet();
  await on.clock.advance(4_000);
  const readAt = (await on.console.fleet()).sources.list.readAt;
  await on.clock.advance(4_000);
  expect(on.ray.listReads.at(-1)).toBe(false);
  // What may be 13 s old doesn't take the place of what was surely read since.
  expect((await on.console.fleet()).sources.list.readAt).toBe(readAt);
});

describe('the stream', () => {
  async function open(since?: string) {
    const reply = await on.console.ask(
      paths.fleetEvents,
      since === undefined ? {} : { headers: { 'Last-Event-ID': since } },
    );
    const reader = reply.body?.getReader();
    if (reader === undefined) throw new Error('no stream');
    const text = async () => {
      const { value, done } = await reader.read();
      return done ? null : new TextDecoder().decode(value);
    };
    expect(reply.headers.get('Content-Type')).toBe('text/event-stream');
    expect(await text()).toMatch(/^retry: /);
    const event = async () => {
      const part = await text();
      if (part === null) return null;
      const [id, data] = part.trimEnd().split('\n');
      const update = fleetUpdate.parse(JSON.parse(data?.replace(/^data: /, '') ?? ''));
      expect(id).toBe(`id: ${update.version}`);
      return update;
    };
    return { event, cancel: () => reader.cancel() };
  }

  test('begins with the whole, then says what moved, and ages when nothing does', async () => {
    // The node that the cluster will take is known to be alive before.
    on.ray.freeNodes.push('node-3');
    await on.clock.advance(31_000);
    const stream = await open();
    const first = await stream.event();
    expect(first).toMatchObject({ whole: true, clusters: [{ id: 'vc' }] });
    on.ray.put('vc', { '4c8g': 3 });
    await on.clock.advance(3_000);
    const second = await stream.event();
    expect(second).toMatchObject({ whole: false, clusters: [{ templates: [{ count: 3 }] }] });
    await on.clock.advance(11_000);
    const beat = await stream.event();
    expect(beat).toMatchObject({ whole: false, clusters: [], removed: [], pool: null, version: second?.version });
    expect(beat?.sources.list.readAt).toBeGreaterThan(second?.sources.list.readAt ?? 0);
    await stream.cancel();
  });

  test('goes on from where a page was', async () => {
    const { version } = await on.console.fleet();
    const stream = await open(version);
    expect(await stream.event()).toMatchObject({ whole: false, clusters: [], version });
    await stream.cancel();
  });

  test('a slow reader gets all that moved since, at once', async () => {
    const stream = await open();
    await stream.event();
    for (let count = 3; count < 9; count++) {
      on.ray.put('vc', { '4c8g': count });
      await on.clock.advance(3_000);
    }
    const seen: unknown[] = [];
    for (let next = await stream.event(); seen.length < 8; next = await stream.event()) {
      seen.push(next?.clusters[0]?.templates[0]?.count);
      if (seen.at(-1) === 8) break;
    }
    expect(seen.at(-1)).toBe(8);
    expect(seen.length).toBeLessThan(6);
    await stream.cancel();
  });

  test('ends when the back end closes, and leaves nothing waiting', async () => {
    const stream = await open();
    await stream.event();
    await on.console.close();
    expect(await stream.event()).toBeNull();
    await on.clock.settle();
    expect(on.clock.waiting()).toBe(0);
  });

  test('a page that went away is not watched for any more', async () => {
    const stream = await open();
    await stream.event();
    await stream.cancel();
    await on.clock.advance(60_000);
    const reads = on.ray.listReads.length;
    await on.clock.advance(60_000);
    expect(on.ray.listReads.length - reads).toBeLessThanOrEqual(2);
  });
});

test('what this console has deleted is gone from every answer at once, though no list was read since', async () => {
  await on.clock.settle();
  expect((await on.console.ask(paths.clusterRaw('vc'))).status).toBe(200);
  on.ray.scriptedOutcomes.push({
    outcome: { kind: 'applied', revision: null, members: null },
    acts: true,
    before: () => (on.ray.failing.list = 'timed-out'),
  });
  await on.console.during(on.console.change(1, { kind: 'delete', clusterId: 'vc', base: null }));
  expect((await on.console.fleet()).clusters).toEqual([]);
  expect((await on.console.ask(paths.clusterNodes('vc'))).status).toBe(404);
  expect((await on.console.ask(paths.clusterRaw('vc'))).status).toBe(404);
});
