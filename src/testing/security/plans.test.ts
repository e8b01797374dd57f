import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { planReply, type PlanReply } from '../../contract/plan.ts';
import { statusesIn, startAttackTarget, type AttackTarget } from '../harness/attack-target.ts';
import { bytesOf } from '../harness/attack-writes.ts';
import { goalOf } from '../harness/plan-steps.ts';

/**
 * What a viewer and an operator of `team-a-*` try with plans and owners, beyond their rights. The operator of all has a draft over
 * both teams, and a plan that is finished.
 */
let on: AttackTarget;
let operatorA = '';
const DRAFT = randomUUID();
const FINISHED = randomUUID();

async function send(method: string, path: string, body: unknown, as: string) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [`Host: ${on.host}`, 'Content-Type: application/json', 'X-Virtual-Cluster-Console: 1', as];
  const bytes = await on.send(bytesOf({ method, path, body: text }, [...head, 'Accept-Encoding: identity']), 10_000);
  return { status: statusesIn(bytes)[0], text: bytes.slice(bytes.indexOf('\r\n\r\n') + 4) };
}

const planAt = (id: string) => `/api/plans/${id}`;
const runAt = (id: string) => `/api/plans/${id}/run`;
const created = (clusterId: string) => goalOf(clusterId, null, { '4c8g': 0 });
const put = (id: string, goals: readonly object[], as: string, more: object = {}) =>
  send('PUT', planAt(id), { version: 0, name: 'Night', goals, ...more }, as);

async function look(id: string): Promise<PlanReply['plan'] | null> {
  const { status, text } = await send('GET', planAt(id), undefined, on.viewer);
  return status === 200 ? planReply.parse(JSON.parse(/\{[^]*\}/.exec(text)?.[0] ?? '')).plan : null;
}

async function untilFinished(id: string) {
  await vi.waitFor(async () => expect((await look(id))?.run.state.kind).toBe('finished'), { timeout: 10_000 });
}

let draft: PlanReply['plan'] | null = null;
let finished: PlanReply['plan'] | null = null;
let written = 0;

beforeAll(async () => {
  on = await startAttackTarget();
  operatorA = on.session('operator of a', { role: 'operator', clusters: ['team-a-*'] });
  await put(FINISHED, [created('other-done')], on.cookie);
  await send('POST', runAt(FINISHED), { kind: 'run', version: 1 }, on.cookie);
  await untilFinished(FINISHED);
  await put(DRAFT, [created('team-a-new'), created('other-new')], on.cookie);
  [draft, finished] = [await look(DRAFT), await look(FINISHED)];
  written = on.writes.length;
});
afterAll(() => on.close());

/** Both plans are as they were, and nothing went to Ray. */
async function expectNoEffect() {
  expect([await look(DRAFT), await look(FINISHED)]).toEqual([draft, finished]);
  expect(on.writes).toHaveLength(written);
}

type Attempt = readonly [name: string, method: string, path: string, body?: unknown];
const body = (version: number, goals: readonly object[]) => ({ version, name: 'Mine now', goals });
const attempts: readonly Attempt[] = [
  ["runs another's plan", 'POST', runAt(DRAFT), { kind: 'run', version: 1 }],
  ['runs it by its id in capitals', 'POST', runAt(DRAFT.toUpperCase()), { kind: 'run', version: 1 }],
  ['stops it', 'POST', runAt(DRAFT), { kind: 'stop' }],
  [
    'skips a step on a foreign virtual cluster',
    'POST',
    runAt(DRAFT),
    { kind: 'skip', version: 1, stepId: 'other-new' },
  ],
  [
    'skips the step on their own in a plan of mixed rights',
    'POST',
    runAt(DRAFT),
    { kind: 'skip', version: 1, stepId: 'team-a-new' },
  ],
  ['deletes it', 'DELETE', planAt(DRAFT)],
  ['deletes it at a later version', 'DELETE', `${planAt(DRAFT)}?version=2`],
  ['takes the foreign steps out of it', 'PUT', planAt(DRAFT), body(1, [created('team-a-new')])],
  ['puts their own in its place', 'PUT', planAt(DRAFT), body(1, [created('team-a-mine')])],
  ['empties it', 'PUT', planAt(DRAFT), body(1, [])],
  ['deletes what tells of a plan that is finished', 'DELETE', planAt(FINISHED)],
  ['renames a plan that is finished', 'PUT', planAt(FINISHED), body(finishedVersion(), [])],
  [
    'adds steps to one, as if its author had',
    'PUT',
    planAt(FINISHED),
    body(finishedVersion(), [created('team-a-mine')]),
  ],
  ['keeps a plan of a foreign virtual cluster', 'PUT', planAt(randomUUID()), body(0, [created('stolen')])],
  ['keeps one of both', 'PUT', planAt(randomUUID()), body(0, [created('team-a-x'), created('stolen')])],
  [
    'keeps one that takes back the finished one',
    'PUT',
    planAt(randomUUID()),
    { ...body(0, [goalOf('other-done', { '4c8g': 0 }, null)]), undoes: FINISHED },
  ],
  ['sets the owner of a foreign virtual cluster', 'PUT', '/api/clusters/serving/profile', profile()],
  ['sets it by a path', 'PUT', '/api/clusters/team-a-x%2F..%2Fserving/profile', profile()],
  ['sets it of a job cluster of a foreign one', 'PUT', '/api/clusters/serving%23%23team-a-x/profile', profile()],
  [
    'gives up a change of a foreign virtual cluster',
    'PUT',
    `/api/changes/${randomUUID()}/abandonment`,
    { clusterId: 'serving' },
  ],
];

/** Its version, which three events of one step lead to: made, run, sent, done. */
function finishedVersion() {
  return 4;
}

function profile() {
  return { expectedVersion: 0, profile: { owner: 'Eve', contact: '', purpose: '', link: '', labels: [] } };
}

const named = attempts.map(([name, ...rest]) => [name, rest] as const);

test('what is attacked is there', () => {
  expect(draft?.run.steps.map(({ step }) => step.clusterId)).toEqual(['team-a-new', 'other-new']);
  expect([finished?.run.state.kind, finished?.version]).toEqual(['finished', finishedVersion()]);
});

describe('a viewer', () => {
  test.each([...named, ['keeps an empty plan', ['PUT', planAt(randomUUID()), body(0, [])]] as const])(
    '%s',
    async (_name, [method, path, sent]) => {
      expect((await send(method, path, sent, on.viewer)).status).toBe(403);
      await expectNoEffect();
    },
  );
});

describe('an operator of team-a-*', () => {
  test.each(named)('%s', async (_name, [method, path, sent]) => {
    expect([403, 404]).toContain((await send(method, path, sent, operatorA)).status);
    await expectNoEffect();
  });

  test.each([
    'Team-a-x',
    'team\u2010a-x',
    'te\u0430m-a-x',
    ' team-a-x',
    'serving\u0000team-a-',
    'serving##team-a-x',
    'x##team-a-x',
    'team-a-x##y',
    'kPrimaryClusterID',
    '__proto__',
    '*',
  ])('keeps a plan of %j, which only resembles theirs', async (clusterId) => {
    const id = randomUUID();
    expect([400, 403]).toContain((await put(id, [created(clusterId)], operatorA)).status);
    expect(await look(id)).toBeNull();
  });

  test('has others run a plan by changing it between their look and their run', async () => {
    const id = randomUUID();
    await put(id, [created('team-a-look')], operatorA);
    await put(id, [created('team-a-other')], operatorA, { version: 1 });
    expect((await send('POST', runAt(id), { kind: 'run', version: 1 }, on.cookie)).status).toBe(409);
    expect(on.writes).toHaveLength(written);
  });

  test('names a plan so that it reads like another, or can not be seen', async () => {
    const id = randomUUID();
    await put(id, [created('team-a-x')], operatorA, { name: 'Night\u202E\u200B\u0007 plan\r\n' });
    expect((await look(id))?.name).toBe('Night plan');
    for (const name of [' ', '\u200B', '\u202E\t'])
      expect((await put(randomUUID(), [created('team-a-x')], operatorA, { name })).status).toBe(400);
  });

  test.each(['../../journal', '//evil.example', 'javascript:alert(1)', ''])(
    'leads who looks at a plan astray, by what it undoes: %j',
    async (undoes) => {
      expect((await put(randomUUID(), [created('team-a-x')], operatorA, { undoes })).status).toBe(400);
    },
  );
});

test('a plan of so many counts that working out its order would hold up everybody is refused, also a trial of a viewer', async () => {
  const sets = Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${String(index)}`, 1]));
  const goals = Array.from({ length: 500 }, (_, index) => ({ ...created(`team-a-${String(index)}`), to: sets }));
  const { status, text } = await send('POST', '/api/plans', { goals }, on.viewer);
  expect([status, text]).toEqual([400, expect.stringContaining('plan-too-large')]);
  const fitting = goals.map((goal) => ({ ...goal, to: Object.fromEntries(Object.entries(sets).slice(1)) }));
  expect((await send('POST', '/api/plans', { goals: fitting }, on.viewer)).status).toBe(200);
});

describe('a page of another site, with the session of the operator of all', () => {
  const writes: readonly Attempt[] = [
    ['tries a plan out', 'POST', '/api/plans', { goals: [created('team-a-x')] }],
    ['keeps a plan', 'PUT', planAt(randomUUID()), body(0, [created('team-a-x')])],
    ['runs the draft', 'POST', runAt(DRAFT), { kind: 'run', version: 1 }],
    ['skips a step', 'POST', runAt(DRAFT), { kind: 'skip', version: 1, stepId: 'other-new' }],
    ['deletes the draft', 'DELETE', planAt(DRAFT)],
    ['sets an owner', 'PUT', '/api/clusters/serving/profile', profile()],
    ['gives up a change', 'PUT', `/api/changes/${randomUUID()}/abandonment`, { clusterId: 'serving' }],
    ['has Ray read again', 'POST', '/api/fleet/read', {}],
  ];
  const JSON_TYPE = 'Content-Type: application/json';
  const OURS = 'X-Virtual-Cluster-Console: 1';
  const disguises: readonly (readonly string[])[] = [
    [JSON_TYPE, OURS, 'Origin: https://evil.example'],
    [JSON_TYPE, OURS, 'Origin: null', 'Sec-Fetch-Site: cross-site'],
    [JSON_TYPE, OURS, 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'],
    [JSON_TYPE, 'Sec-Fetch-Site: same-origin'],
    [OURS, 'Content-Type: text/plain'],
    [OURS, 'Content-Type: application/x-www-form-urlencoded'],
    [OURS, 'Content-Type: multipart/form-data; boundary=x'],
    [OURS, 'Content-Type: application/json-patch+json'],
    [OURS],
  ];
  test.each(writes.map(([name, ...rest]) => [name, rest] as const))('%s', async (_name, [method, path, sent]) => {
    for (const headers of disguises) {
      // A bare DELETE that a page sends is asked for first (CORS), and one that a script sends has no type.
      if (method === 'DELETE' && headers.length === 1) continue;
      const request = { method, path, body: JSON.stringify(sent ?? {}) };
      const bytes = await on.send(bytesOf(request, [`Host: ${on.host}`, on.cookie, ...headers]), 5_000);
      expect([403, 415], headers.join(' ')).toContain(statusesIn(bytes)[0]);
    }
    await expectNoEffect();
  });
});
