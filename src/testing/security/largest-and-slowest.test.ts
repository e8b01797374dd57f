import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetUpdate } from '../../contract/fleet.ts';
import { statusesIn, startAttackTarget, type AttackTarget } from '../harness/attack-target.ts';
import { bytesOf } from '../harness/attack-writes.ts';

/** What people who are let in try, with their own credentials, beyond what these allow. */
let on: AttackTarget;
let operatorA = '';
let before = '';
/** How many writes had reached Ray when the attempts began. */
let allowed = 0;

const JSON_TYPE = 'Content-Type: application/json';
const OURS = 'X-Virtual-Cluster-Console: 1';
const CHANGE = '/api/changes/00000000-0000-4000-8000-00000000000';
/** A waiting deletion, and a save that was applied, of the operator of all. */
const WAITING = `${CHANGE}1`;
const APPLIED = `${CHANGE}2`;
const mine = { kind: 'save', clusterId: 'team-a-etl', divisible: false, base: null, want: { '4c8g': 1 } };

async function send(method: string, path: string, body: unknown, ...headers: readonly string[]) {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const typed = method === 'GET' || text === '' ? [] : [JSON_TYPE, OURS];
  const bytes = await on.send(
    bytesOf({ method, path, body: text }, [`Host: ${on.host}`, ...typed, ...headers]),
    10_000,
  );
  const [status] = statusesIn(bytes);
  return { status, bytes, json: bytes.slice(bytes.indexOf('\r\n\r\n')).replaceAll(/^[^{]*|[^}]*$/g, '') };
}

/** The id of a running job that is not in a cluster of team-a. */
async function runningJob(): Promise<string> {
  const running = /"submission_id": "(raysubmit_\w+)"[^}]*\}[^}]*"status": "RUNNING"/;
  return running.exec(await on.state('/api/jobs/'))?.[1] ?? 'raysubmit_none';
}

beforeAll(async () => {
  on = await startAttackTarget();
  operatorA = on.session('operator of a', { role: 'operator', clusters: ['team-a-*'] });
  await send('PUT', APPLIED, mine, on.cookie);
  const { json } = await send('GET', '/api/fleet?fresh=users', undefined, on.cookie, 'Accept-Encoding: identity');
  const serving = fleetUpdate.parse(JSON.parse(json)).clusters.find(({ id }) => id === 'serving');
  if (serving === undefined) throw new Error('no cluster to attack');
  const replicaSets = Object.fromEntries(serving.templates.map(({ templateId, count }) => [templateId, count]));
  const base = { revision: serving.revision, replicaSets, divisible: serving.divisible };
  await send('PUT', WAITING, { kind: 'delete-when-idle', clusterId: 'serving', base }, on.cookie);
  before = await on.state();
  allowed = on.writes.length;
});
afterAll(() => on.close());

test('what is attacked is there', async () => {
  expect(on.writes).toEqual(['POST /virtual_clusters']);
  const { status, bytes } = await send('GET', WAITING, undefined, on.viewer);
  expect([status, bytes]).toEqual([202, expect.stringContaining('"waiting"')]);
});

async function expectNoEffect() {
  expect(on.writes.slice(allowed)).toEqual([]);
  expect(await on.state()).toHaveLength(before.length);
  const { bytes } = await send('GET', WAITING, undefined, on.cookie);
  expect(bytes).toContain('"waiting"');
}

/** A write's name, method, path and body. */
type Attempt = readonly [name: string, method: string, path: string, body?: unknown];
const script = (virtualClusterId: unknown, more: object = {}) => ({
  virtualClusterId,
  divisible: false,
  replicaSets: { '4c8g': 1 },
  revision: 0,
  ...more,
});
const save = (clusterId: unknown) => ({ ...mine, clusterId });

const foreign: readonly Attempt[] = [
  ['creates a virtual cluster', 'PUT', `${CHANGE}3`, save('stolen')],
  ['shrinks one', 'PUT', `${CHANGE}3`, { ...save('serving'), base: { revision: '1', replicaSets: {} } }],
  ['deletes one', 'PUT', `${CHANGE}3`, { kind: 'delete', clusterId: 'serving', base: null }],
  [
    'has one deleted when it is idle',
    'PUT',
    `${CHANGE}3`,
    {
      kind: 'delete-when-idle',
      clusterId: 'feature-store',
      base: { revision: '1', replicaSets: { '16c64g': 4 }, divisible: false },
    },
  ],
  ['releases a job cluster', 'PUT', `${CHANGE}3`, { kind: 'release', clusterId: 'serving##raysubmit_1' }],
  [
    'releases one of the primary cluster',
    'PUT',
    `${CHANGE}3`,
    {
      kind: 'release',
      clusterId: 'kPrimaryClusterID##raysubmit_1',
    },
  ],
  ['creates one as a script does', 'POST', '/virtual_clusters', script('stolen')],
  ['takes all nodes from one as a script does', 'POST', '/virtual_clusters', script('serving', { replicaSets: {} })],
  ['names it in a list', 'POST', '/virtual_clusters', script(['serving'])],
  ['names it as a number', 'POST', '/virtual_clusters', script(7)],
  ['names none', 'POST', '/virtual_clusters', script(undefined)],
  ['names null', 'POST', '/virtual_clusters', script(null)],
  ['deletes one as a script does', 'DELETE', '/virtual_clusters/serving'],
  ['deletes a job cluster as a script does', 'DELETE', '/virtual_clusters/serving%23%23raysubmit_1'],
  ['deletes one with an id that looks like a path', 'DELETE', '/virtual_clusters/..%2Fvirtual_clusters%2Fserving'],
  ['deletes one by a name with a byte too many', 'DELETE', '/virtual_clusters/serving%00'],
  ['cancels a waiting deletion', 'DELETE', WAITING],
  ['cancels it by its id in capitals', 'DELETE', WAITING.toUpperCase().replace('/API/CHANGES', '/api/changes')],
  ['sends a change of somebody else under its id', 'PUT', APPLIED, save('other')],
  ['dismisses the notice', 'DELETE', '/api/notices/x'],
  ['resets the simulation of another console', 'POST', '/simulator/reset', {}],
];

const named = (attempts: readonly Attempt[]) => attempts.map(([name, ...rest]) => [name, rest] as const);

describe('a viewer', () => {
  test.each(named(foreign))('%s', async (_name, [method, path, body]) => {
    expect((await send(method, path, body, on.viewer)).status).toBe(path.startsWith('/simulator') ? 404 : 403);
    await expectNoEffect();
  });

  test('stops a job', async () => {
    const stop = { kind: 'stop-job', clusterId: 'serving', submissionId: await runningJob() };
    expect((await send('PUT', `${CHANGE}3`, stop, on.viewer)).status).toBe(403);
    await expectNoEffect();
  });

  const disguises: readonly (readonly [string, readonly string[]])[] = [
    ['as a read that asks to be a DELETE', ['X-HTTP-Method-Override: DELETE']],
    ['with the address of the machine', ['X-Forwarded-For: 127.0.0.1', 'X-Real-IP: 127.0.0.1']],
    ["with the operator's name", ['X_Forwarded_User: operator', 'X-Remote-User: operator', 'Remote-User: operator']],
    ['with a role', ['X-Role: operator', 'X-Groups: admins']],
  ];
  test.each(disguises)('writes %s', async (_name, headers) => {
    for (const method of ['GET', 'POST']) {
      const reply = await send(
        method,
        '/virtual_clusters',
        method === 'GET' ? undefined : script('stolen'),
        on.viewer,
        ...headers,
      );
      expect([200, 403]).toContain(reply.status);
    }
    await expectNoEffect();
  });

  test('adds a second session to their own', async () => {
    const both = `${on.viewer}; ${on.viewer.replace('Cookie: ', '').replace(/=.*/, '=guess')}`;
    expect((await send('POST', '/virtual_clusters', script('stolen'), both)).status).toBe(401);
    await expectNoEffect();
  });

  test('reads a secret: no reply holds a session, a token, a link or an address of somebody', async () => {
    const secret = on.token('ci', { role: 'viewer', clusters: null }).replace('Authorization: Bearer ', '');
    for (const path of ['/api/session', '/api/fleet', '/api/changes', '/api/changes.jsonl', '/virtual_clusters', '/']) {
      const { bytes, status } = await send('GET', path, undefined, on.viewer);
      expect(status).toBe(200);
      for (const each of [secret, on.cookie.replace(/.*=/, ''), on.viewer.replace(/.*=/, '')])
        expect(bytes).not.toContain(each);
      expect(bytes).not.toMatch(/set-cookie/i);
    }
  });
});

describe('an operator of team-a-*', () => {
  test.each(named(foreign))('%s', async (_name, [method, path, body]) => {
    expect((await send(method, path, body, operatorA)).status).toBe(path.startsWith('/simulator') ? 404 : 403);
    await expectNoEffect();
  });

  const ids = [
    'team-a',
    'Team-a-x',
    'xteam-a-x',
    ' team-a-x',
    'team\u2010a-x',
    'team-\u0430-x',
    '\u200bteam-a-x',
    'serving,team-a-x',
    '*',
  ];
  test.each(ids)('creates %j, which only resembles theirs', async (id) => {
    for (const reply of [
      await send('PUT', `${CHANGE}3`, save(id), operatorA),
      await send('POST', '/virtual_clusters', script(id), operatorA),
    ])
      expect([400, 403]).toContain(reply.status);
    await expectNoEffect();
  });

  const twice: readonly (readonly [string, string])[] = [
    ['the last one another', '"virtualClusterId":"team-a-x","virtualClusterId":"serving"'],
    ['one spelled by its code', '"virtualClusterId":"team-a-x","virtual\\u0043lusterId":"serving"'],
  ];
  test.each(twice)('names two virtual clusters, %s', async (_name, members) => {
    const body = `{${members},"divisible":false,"replicaSets":{},"revision":0}`;
    expect((await send('POST', '/virtual_clusters', body, operatorA)).status).not.toBe(200);
    await expectNoEffect();
  });

  test('names two virtual clusters in a change', async () => {
    const body = JSON.stringify(mine).replace('"team-a-etl"', '"team-a-etl","clusterId":"serving"');
    expect((await send('PUT', `${CHANGE}3`, body, operatorA)).status).toBe(403);
    await expectNoEffect();
  });

  test("stops another team's job by naming their own virtual cluster", async () => {
    const stop = { kind: 'stop-job', clusterId: 'team-a-etl', submissionId: await runningJob() };
    expect((await send('PUT', `${CHANGE}3`, stop, operatorA)).status).toBe(403);
    await expectNoEffect();
  });

  test.each(['..', '.', '../../virtual_clusters/serving', 'x/stop?', 'x#', 'x%2F..'])(
    'stops the job %j, which is a path',
    async (submissionId) => {
      const stop = { kind: 'stop-job', clusterId: 'team-a-etl', submissionId };
      expect([400, 403]).toContain((await send('PUT', `${CHANGE}3`, stop, operatorA)).status);
      await expectNoEffect();
    },
  );

  test('sends a change of the operator of all again: it is one write, and it stays theirs', async () => {
    const reply = await send('PUT', APPLIED, mine, operatorA);
    expect([reply.status, reply.bytes]).toEqual([200, expect.stringContaining('"who":"operator"')]);
    await expectNoEffect();
  });

  test('reaches another virtual cluster through the path of one of theirs', async () => {
    for (const id of [
      'team-a-x%2F..%2Fserving',
      'team-a-x%2F%2E%2E%2Fserving',
      'team-a-x/../serving',
      'team-a-x%5C..%5Cserving',
    ])
      await send('DELETE', `/virtual_clusters/${id}`, undefined, operatorA);
    expect(on.writes.slice(allowed).filter((each) => !each.startsWith('DELETE /virtual_clusters/team-a-x%'))).toEqual(
      [],
    );
    expect(await on.state()).toHaveLength(before.length);
  });
});
