import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { MAX_TEMPLATE_CHARACTERS, MAX_TEMPLATES } from '../../domain/replica-sets.ts';
import { startAttackTarget, statusesIn, type AttackTarget } from '../harness/attack-target.ts';
import { bytesOf } from '../harness/attack-writes.ts';
import { uuid } from '../harness/test-console.ts';

/** People who are in, and ask for the largest and the slowest that they may: each attempt would make others wait, or end the console. */
let on: AttackTarget;
const sockets: Socket[] = [];
beforeAll(async () => {
  on = await startAttackTarget();
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => on.close());

/** A page of the journal with everything around it, bytes. */
const MOST_BYTES = 400_000;

const sets = (count: number, length = 8): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [String(n).padStart(length, 't'), 1]));
const LARGEST = sets(MAX_TEMPLATES, MAX_TEMPLATE_CHARACTERS / MAX_TEMPLATES);
const TOO_MANY = sets(MAX_TEMPLATES + 1);

const operator = () => [
  `Host: ${on.host}`,
  on.cookie,
  'Content-Type: application/json',
  'X-Virtual-Cluster-Console: 1',
];
const get = (path: string, who = on.viewer, method = 'GET') =>
  `${method} ${path} HTTP/1.1\r\nHost: ${on.host}\r\n${who}\r\nConnection: close\r\n\r\n`;

const put = (id: number, change: unknown) =>
  on.send(bytesOf({ method: 'PUT', path: paths.change(uuid(id)), body: JSON.stringify(change) }, operator()), 10_000);
const post = (replicaSets: unknown) => {
  const body = JSON.stringify({ virtualClusterId: 'team-a', divisible: false, replicaSets, revision: 0 });
  return on.send(bytesOf({ method: 'POST', path: paths.virtualClusters, body }, operator()), 10_000);
};

/** Opens a connection that sends this and reads nothing. */
function openUnread(bytes: string): Socket {
  const socket = connect(Number(on.host.split(':')[1]), '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  socket.pause();
  socket.write(bytes);
  return socket;
}

/** The status of the first bytes that a connection gets, which reads on no further. */
function firstStatus(socket: Socket): Promise<number | undefined> {
  return new Promise((resolve) => {
    socket.once('data', (part: Buffer) => {
      socket.pause();
      resolve(statusesIn(part.toString('latin1'))[0]);
    });
  });
}

/** The statuses that somebody else gets meanwhile. */
async function othersGet(): Promise<readonly number[]> {
  return statusesIn(await on.send(get(paths.session, on.cookie), 10_000));
}

describe('a change that is too large is refused before anything is sent or recorded', () => {
  const save = { kind: 'save', clusterId: 'team-a', divisible: false, base: null, want: {} };
  const base = { revision: '1', divisible: false };
  const cases: [string, () => Promise<string>, number][] = [
    ['one template too many', () => put(1, { ...save, want: TOO_MANY }), 400],
    ['as many templates as the body holds', () => put(1, { ...save, want: sets(60_000) }), 400],
    ['names that are too long in all', () => put(1, { ...save, want: sets(2, MAX_TEMPLATE_CHARACTERS) }), 400],
    ['one name as long as the body', () => put(1, { ...save, want: sets(1, 900_000) }), 400],
    ['too many in the base of a save', () => put(1, { ...save, base: { revision: '1', replicaSets: TOO_MANY } }), 400],
    [
      'too many in the base of a deletion',
      () => put(1, { kind: 'delete', clusterId: 'serving', base: { ...base, replicaSets: TOO_MANY } }),
      400,
    ],
    [
      'too many in the base of a waiting deletion',
      () => put(1, { kind: 'delete-when-idle', clusterId: 'serving', base: { ...base, replicaSets: TOO_MANY } }),
      400,
    ],
    ['a long id', () => put(1, { ...save, clusterId: 'a'.repeat(1_025) }), 400],
    ['a job cluster of a long id', () => put(1, { kind: 'release', clusterId: `a##${'b'.repeat(900_000)}` }), 400],
    [
      'a job of a long id',
      () => put(1, { kind: 'stop-job', clusterId: 'serving', submissionId: 'r'.repeat(900_000) }),
      400,
    ],
    ['a script’s save of one template too many', () => post(TOO_MANY), 500],
    ['a script’s save of as many as the body holds', () => post(sets(60_000)), 500],
    ['a script’s save of names that are too long', () => post(sets(1, 900_000)), 500],
    [
      'a script’s save of templates without counts',
      () => post(Object.fromEntries(Object.keys(TOO_MANY).map((id) => [id, null]))),
      500,
    ],
  ];
  test.each(cases)('%s', async (_name, attempt, status) => {
    expect(statusesIn(await attempt())).toEqual([status]);
    expect(on.writes).toEqual([]);
    expect(await on.send(get(paths.changes), 10_000)).toContain('"total":0');
  });
});

describe('a journal of the largest changes', () => {
  beforeAll(async () => {
    for (let n = 1; n <= 60; n++) {
      const want = { kind: 'save', clusterId: `team-a-${String(n)}`, divisible: false, base: null, want: LARGEST };
      const [status] = statusesIn(await put(n, want));
      if (status !== 200) throw new Error(`A largest change was answered ${String(status)}`);
    }
  }, 60_000);

  test.each([
    ['the first page', paths.changes],
    ['a later page', `${paths.changes}?offset=1`],
    ['what one person did', `${paths.changes}?who=operator`],
    ['what had such outcomes', `${paths.changes}?outcome=shortage,invalid`],
    ['a person of a long name', `${paths.changes}?who=${'x'.repeat(8_000)}`],
    ['one change', paths.change(uuid(60))],
  ])('%s: a viewer gets no more than a page’s bytes', async (_what, path) => {
    const received = await on.send(get(path), 10_000);
    expect(statusesIn(received)).toEqual([200]);
    expect(received.length).toBeLessThan(MOST_BYTES);
  });

  test.each([
    ['an endless offset', `${paths.changes}?offset=1e999`],
    ['an offset beyond counting', `${paths.changes}?offset=9007199254740991`],
    ['a thousand outcomes', `${paths.changes}?outcome=${'open,'.repeat(1_000)}x`],
  ])('%s is refused', async (_what, path) => {
    expect(statusesIn(await on.send(get(path), 10_000))).toEqual([400]);
  });

  test('forty exports at once: others go on', async () => {
    const asked = Array.from({ length: 40 }, () => firstStatus(openUnread(get(paths.changesExport)).resume()));
    expect(await othersGet()).toEqual([200]);
    for (const status of await Promise.all(asked)) expect([200, 429]).toContain(status);
  });

  test('exports that were left half-way, and those without a body, hold none back', async () => {
    for (let n = 0; n < 5; n++) {
      const left = openUnread(get(paths.changesExport)).resume();
      expect(await firstStatus(left)).toBe(200);
      left.destroy();
      expect(statusesIn(await on.send(get(paths.changesExport, on.viewer, 'HEAD'), 10_000))).toEqual([200]);
      // The server hears of it a little later.
      await expect.poll(async () => statusesIn(await on.send(get(paths.changesExport), 10_000))).toEqual([200]);
    }
  });

  test('an export is whole, though it is taken in small pieces', async () => {
    const received = await on.send(get(paths.changesExport), 10_000);
    expect([...received.matchAll(/"id":"00000000/g)]).toHaveLength(60);
  });

  test.each([
    ['pages', paths.changes],
    ['lists', paths.virtualClusters],
    ['maps', paths.map],
    ['pages of nodes', `${paths.nodes}?limit=200`],
    ['streams', paths.fleetEvents],
  ])('sixty-four %s that nobody reads: others go on', async (_what, path) => {
    for (let n = 0; n < 64; n++) openUnread(get(path));
    expect(await othersGet()).toEqual([200]);
  });

  test('two hundred pages asked for in one breath, on one connection: others go on', async () => {
    openUnread(get(paths.changes).replace('Connection: close\r\n', '').repeat(200));
    expect(await othersGet()).toEqual([200]);
  });
});
