import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { planList, planReply, planTrial, type PlanReply } from '../../contract/plan.ts';
import { openGoalsOf } from '../../domain/plan/open-goals.ts';
import type { Goal } from '../../domain/plan/plan.ts';
import { createSimulatedRay } from '../../testing/harness/simulated-console.ts';
import { plainSecrets } from '../../testing/harness/plain-secrets.ts';
import { uuid } from '../../testing/harness/test-console.ts';
import { createAuthenticator } from '../auth/sign-in-authenticator.ts';
import { goalOf } from '../../testing/harness/plan-steps.ts';

type SimulatedRay = Awaited<ReturnType<typeof createSimulatedRay>>;

let ray: SimulatedRay;
let console: ReturnType<SimulatedRay['start']>;

beforeEach(async () => {
  ray = await createSimulatedRay({ '4c8g': 8, gpu: 2 });
  console = ray.start();
  await ray.clock.advance(1_000);
  await console.create('a', { '4c8g': 4 });
  await console.create('b', { '4c8g': 3, gpu: 2 });
});
afterEach(() => console.close());

async function ask(method: string, path: string, body?: unknown) {
  const reply = await console.during(
    console.ask(path, {
      method,
      headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

const id = uuid(900);
const put = (goals: readonly Goal[], more: object = {}) =>
  ask('PUT', paths.plan(id), { version: 0, name: 'Night', goals, ...more });
const command = (body: object) => ask('POST', paths.planRun(id), body);

/** The plan once nothing of it is on its way. */
async function settled(): Promise<PlanReply> {
  for (let turn = 0; turn < 40; turn += 1) {
    const reply = planReply.parse((await ask('GET', paths.plan(id))).body);
    if (reply.plan.run.state.kind !== 'running') return reply;
    await ray.clock.advance(500);
  }
  throw new Error('the plan runs for ever');
}

const kindsOf = ({ plan }: PlanReply) => plan.run.steps.map(({ state }) => state.kind);

/** Two nodes go from `a` to `b`, a third virtual cluster comes. */
const night = [
  goalOf('b', { '4c8g': 3, gpu: 2 }, { '4c8g': 5, gpu: 2 }),
  goalOf('c', null, { '4c8g': 1 }),
  goalOf('a', { '4c8g': 4 }, { '4c8g': 2 }),
];

describe('a plan', () => {
  test('is ordered, previewed, run step by step, and each step stands in the journal with its id', async () => {
    const made = planReply.parse((await put(night)).body);
    expect(made.plan.run.steps.map(({ step }) => step.id)).toEqual(['a', 'c', 'b']);
    expect(made.preview).toMatchObject({
      moved: [],
      forecast: { firstShort: null, templates: [{ templateId: '4c8g', before: 1, after: 0, shortage: 0 }] },
    });
    expect((await command({ kind: 'run', version: 1 })).status).toBe(200);
    const done = await settled();
    expect(done.plan.run.state).toEqual({ kind: 'finished' });
    expect(kindsOf(done)).toEqual(['done', 'done', 'done']);
    expect((await console.seen('a')).replicaSets).toEqual({ '4c8g': 2 });
    expect((await console.seen('b')).replicaSets).toEqual({ '4c8g': 5, gpu: 2 });
    const [step] = done.plan.run.steps;
    const changeId = step?.state.kind === 'done' ? (step.state.changeId ?? '') : '';
    expect(await console.known(changeId)).toMatchObject({ plan: id, wanted: { clusterId: 'a' } });
    expect(planList.parse((await ask('GET', paths.plans)).body).plans).toMatchObject([{ id, steps: 3, done: 3 }]);
  });

  test('that does not fit says by how much before anything is sent', async () => {
    const trial = planTrial.parse((await ask('POST', paths.plans, { goals: [goalOf('d', null, { '4c8g': 4 })] })).body);
    expect(trial.preview.forecast).toMatchObject({ firstShort: 'd', templates: [{ shortage: 3 }] });
    expect(planList.parse((await ask('GET', paths.plans)).body).plans).toEqual([]);
  });

  test('stops where somebody has changed a virtual cluster meanwhile, and goes on once that is settled', async () => {
    await put(night);
    const { revision } = await console.seen('c').catch(() => ({ revision: '0' }));
    await ray.script('POST', '/virtual_clusters', {
      virtualClusterId: 'c',
      divisible: false,
      replicaSets: { gpu: 0 },
      revision: Number(revision),
    });
    await command({ kind: 'run', version: 1 });
    const stopped = await settled();
    expect(stopped.plan.run.state).toEqual({ kind: 'stopped', why: 'step-blocked' });
    expect(kindsOf(stopped)).toEqual(['done', 'blocked', 'pending']);
    expect(stopped.preview.moved).toEqual(['c']);
    const { version } = stopped.plan;
    expect((await command({ kind: 'skip', version, stepId: 'c' })).status).toBe(200);
    expect((await command({ kind: 'run', version: version + 1 })).status).toBe(200);
    expect(kindsOf(await settled())).toEqual(['done', 'skipped', 'done']);
  });

  test('is not sent again while an answer is missing; what Ray did is found', async () => {
    await put(night);
    await ray.control('PUT', '/faults', [{ method: 'POST', path: '/virtual_clusters', kind: 'loseReply', times: 1 }]);
    await command({ kind: 'run', version: 1 });
    const stopped = await settled();
    expect(['step-unknown', 'finished']).toContain(
      stopped.plan.run.state.kind === 'stopped' ? stopped.plan.run.state.why : stopped.plan.run.state.kind,
    );
    await ray.clock.advance(30_000);
    const known = await settled();
    expect(kindsOf(known)[0]).toBe('done');
  });

  test('of an older version is refused, for changing, running and deleting it', async () => {
    await put(night);
    expect((await put(night)).status).toBe(409);
    expect((await put(night, { version: 1 })).status).toBe(200);
    expect((await command({ kind: 'run', version: 1 })).status).toBe(409);
    expect((await ask('DELETE', `${paths.plan(id)}?version=1`)).status).toBe(409);
    expect((await ask('DELETE', `${paths.plan(id)}?version=2`)).status).toBe(204);
    expect((await ask('GET', paths.plan(id))).status).toBe(404);
  });

  test.each([
    ['names a virtual cluster twice', [goalOf('a', null, {}), goalOf('a', null, {})]],
    ['does nothing', [goalOf('a', null, null)]],
    ['creates what Ray could never remove', [goalOf('a{b', null, {})]],
    ['touches a job cluster', [goalOf('a##job', { gpu: 1 }, null)]],
  ])('that %s is refused in words', async (_, goals) => {
    const { status, body } = await put(goals);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('bad-plan');
  });

  test('may have an order of a person’s own, of exactly its steps', async () => {
    expect((await put(night, { order: ['b', 'a', 'c'] })).status).toBe(200);
    const { plan, preview } = await settled();
    expect(plan.run.steps.map(({ step }) => step.id)).toEqual(['b', 'a', 'c']);
    expect(preview.forecast.firstShort).toBe('b');
    expect((await put(night, { version: 1, order: ['b', 'a'] })).status).toBe(400);
  });

  test('is reordered where a virtual cluster was changed before, or its goal is cut in two', async () => {
    const swap = [goalOf('a', { '4c8g': 4 }, { gpu: 2 }), goalOf('b', { '4c8g': 3, gpu: 2 }, { '4c8g': 7 })];
    await put([goalOf('c', null, { '4c8g': 1 })]);
    await command({ kind: 'run', version: 1 });
    const { version } = (await settled()).plan;
    const again = goalOf('c', { '4c8g': 1 }, null);
    // What is done stays, so the deletion is another step of `c`.
    const made = planReply.parse((await put([...swap, again, goalOf('d', null, {})], { version })).body);
    expect(made.plan.run.steps.map(({ step }) => step.id)).toEqual(['c', 'c#2', 'a#give', 'b', 'd', 'a#take']);
    const order = ['d', 'a#give', 'b', 'a#take', 'c#2'];
    const goals = openGoalsOf(made.plan.run);
    const moved = planReply.parse((await put(goals, { version: version + 1, order })).body);
    expect(moved.plan.run.steps.map(({ step }) => step.id)).toEqual(['c', ...order]);
    const wrong = await put(goals, { version: version + 2, order: ['a#take', 'a#give', 'b', 'd', 'c#2'] });
    expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([400, expect.stringContaining('out-of-turn')]);
  });
});

test('a plan whose runner loses their right goes no further than the step that is on its way', async () => {
  const secrets = plainSecrets();
  const token = secrets.random();
  let mayStill = true;
  const grant = { role: 'operator', clusters: ['a', 'b', 'c'] } as const;
  const withToken = ray.start(undefined, {
    access: createAuthenticator({
      readOnly: false,
      signIn: { kind: 'none' },
      isTrustedProxy: () => false,
      findToken: (hash) => (mayStill && hash === secrets.hash(token) ? { name: 'script', grant } : null),
      secrets,
      clock: ray.clock,
      basePath: '/',
    }),
  });
  await ray.clock.advance(1_000);
  const byScript = (method: string, path: string, body: object) =>
    withToken.during(
      withToken.ask(path, {
        method,
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      }),
    );
  ray.intercept('POST', () => {
    mayStill = false;
    return null;
  });
  await byScript('PUT', paths.plan(id), { version: 0, name: 'Night', goals: night });
  await byScript('POST', paths.planRun(id), { kind: 'run', version: 1 });
  await ray.clock.advance(10_000);
  const { plan } = planReply.parse(await (await withToken.during(withToken.ask(paths.plan(id)))).json());
  expect(plan.run.state).toEqual({ kind: 'stopped', why: 'step-blocked' });
  expect(plan.run.steps.map(({ state }) => state)).toMatchObject([
    { kind: 'done' },
    { kind: 'blocked', obstacle: 'not-allowed' },
    { kind: 'pending' },
  ]);
  await withToken.close();
});
