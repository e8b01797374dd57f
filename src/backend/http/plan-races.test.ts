import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { Plan } from '../../contract/plan.ts';
import { planOf } from '../../testing/harness/plan-store-contract.ts';
import { uuid } from '../../testing/harness/test-console.ts';
import type { Principal } from '../auth/authenticator.ts';
import type { RouteEnv } from './handler.ts';
import { createPlanRoutes } from './plan-routes.ts';
import { goalOf, stepOf } from '../../testing/harness/plan-steps.ts';

const teamA: Principal = {
  name: 'Eve',
  address: '',
  authMethod: 'link',
  mayWrite: true,
  mayNotWriteBecause: null,
  clusters: ['team-a-*'],
  isStillValid: () => true,
};
const unused = () => {
  throw new Error('not asked for');
};
const goal = goalOf('team-a-x', null, {});

/** What the plans were asked to do, where a plan was Eve's alone when her rights were looked at, and is changed right after. */
async function askedBy(method: 'PUT' | 'DELETE' | 'POST', path: string, body: object): Promise<readonly string[]> {
  const before: Plan = planOf(uuid(1), {
    run: { state: { kind: 'draft' }, steps: [{ step: stepOf(goal), state: { kind: 'pending' } }] },
  });
  const asked: string[] = [];
  const refuse = (what: string) => {
    asked.push(what);
    return Promise.resolve({ problem: 'stale' } as const);
  };
  const routes = createPlanRoutes({
    plans: {
      summaries: unused,
      stepsOf: unused,
      get: () => Promise.resolve(before),
      save: () => refuse('save'),
      command: () => refuse('command'),
      delete: () => (asked.push('delete'), Promise.resolve('stale')),
    },
    store: { fleet: unused, listedCluster: () => null, readOnly: () => null },
  });
  const app = new Hono<RouteEnv>();
  app.use(async (c, next) => {
    c.set('principal', teamA);
    await next();
  });
  app.put('/:id', (c) => routes['PUT plan'](c, c.req.param('id')));
  app.delete('/:id', (c) => routes['DELETE plan'](c, c.req.param('id')));
  app.post('/:id', (c) => routes['POST planRun'](c, c.req.param('id')));
  const env = {
    from: { address: '', secure: true },
    source: new Request('http://console/'),
    body: JSON.stringify(body),
  };
  expect((await app.request(path, { method }, env)).status).toBe(409);
  return asked;
}

const request = { name: 'Mine', goals: [goal] };

test.each([
  ['replaced', 'PUT', `/${uuid(1)}`, { ...request, version: 2 }],
  ['deleted', 'DELETE', `/${uuid(1)}?version=2`, {}],
  ['run', 'POST', `/${uuid(1)}`, { kind: 'run', version: 2 }],
  ['skipped', 'POST', `/${uuid(1)}`, { kind: 'skip', version: 2, stepId: 'team-a-x' }],
] as const)('a later version than the one that rights were looked at on is not %s', async (_, method, path, body) => {
  expect(await askedBy(method, path, body)).toEqual([]);
});

test('that version itself is', async () => {
  expect(await askedBy('PUT', `/${uuid(1)}`, { ...request, version: 1 })).toEqual(['save']);
});
