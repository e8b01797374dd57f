// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlanReply } from '../../../contract/plan.ts';
import { planOf } from '../../../testing/harness/plan-store-contract.ts';
import { ApiError } from '../../api/api-error.ts';
import type { Api } from '../../api/client.ts';
import { createDraftStore } from '../../drafts/draft-store.ts';
import { stubMediaQueries } from '../../testing/browser-stubs.ts';
import { clusterOf, poolOf } from '../../testing/cluster-fixture.ts';
import {
  scriptedApi,
  scriptedFleet,
  ScriptedPage,
  scriptedParts,
  scriptedSession,
} from '../../testing/scripted-api.tsx';
import { PlanPage } from './plan-page.tsx';
import { goalOf, stepOf } from '../../../testing/harness/plan-steps.ts';

const clusters = [clusterOf({ '4c8g': 5 }, { id: 'a' }), clusterOf({ '4c8g': 3 }, { id: 'b' })];
const fleetAt = (version: string) => scriptedFleet(clusters, poolOf({ '4c8g': 9 }), version);
const reply: PlanReply = {
  plan: planOf('p'),
  preview: { forecast: { steps: [], templates: [], firstShort: null }, moved: [], jobsAtRisk: [] },
};
const silent = () => new ApiError('unreachable', 'no-answer', 'The console did not answer.');

async function open({
  first = reply,
  clusters = null,
  fleet = () => Promise.resolve(fleetAt('e-1')),
}: {
  readonly first?: PlanReply;
  readonly clusters?: readonly string[] | null;
  readonly fleet?: () => ReturnType<Api['fleet']>;
} = {}) {
  const answers: { read: () => unknown; write: () => unknown } = { read: () => first, write: () => first };
  const api = scriptedApi({
    session: () => Promise.resolve({ ...scriptedSession(), clusters: clusters === null ? null : [...clusters] }),
    fleet,
    async read(_path, _query, schema) {
      await Promise.resolve();
      return schema.parse(answers.read());
    },
    async write(_method, _path, _body, schema) {
      await Promise.resolve();
      return schema.parse(answers.write());
    },
  });
  const { parts, push } = scriptedParts(api, () => 'id');
  render(
    <ScriptedPage parts={parts} drafts={createDraftStore(null)}>
      <PlanPage id="p" />
    </ScriptedPage>,
  );
  await screen.findByRole('heading', { name: 'Night' });
  return { answers, push };
}

function fail(error: Error): () => never {
  return () => {
    throw error;
  };
}

beforeEach(() => stubMediaQueries(false));
afterEach(cleanup);

test('while the console does not answer the plan stays, with what is typed; one that was deleted goes', async () => {
  const { answers, push } = await open();
  fireEvent.click(screen.getByRole('button', { name: 'Move nodes…' }));
  answers.read = fail(silent());
  act(() => push(fleetAt('e-2')));
  expect((await screen.findByRole('alert')).textContent).toContain('The console did not answer.');
  expect(screen.getByRole('link', { name: 'team' })).toBeTruthy();
  expect(screen.getByLabelText('Template')).toBeTruthy();
  answers.read = () => reply;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await expect.poll(() => screen.queryByRole('alert')).toBeNull();
  answers.read = fail(new ApiError('problem', 'no-such-plan', 'There is no such plan.'));
  act(() => push(fleetAt('e-3')));
  expect((await screen.findByRole('alert')).textContent).toContain('There is no such plan.');
  expect(screen.queryByRole('link', { name: 'team' })).toBeNull();
});

test('what is typed to move nodes stays where somebody has changed the plan meanwhile, and is added then', async () => {
  const { answers } = await open();
  fireEvent.click(screen.getByRole('button', { name: 'Move nodes…' }));
  const set = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(label, { selector: 'select, input' }), { target: { value } });
  for (const [label, value] of [
    ['Template', '4c8g'],
    ['From', 'a'],
    ['To', 'b'],
    ['Nodes', '2'],
  ] as const)
    set(label, value);
  answers.write = fail(new ApiError('problem', 'stale', 'Somebody has changed this plan since.'));
  fireEvent.click(screen.getByRole('button', { name: 'Add to plan' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Somebody has changed this plan since.');
  expect(screen.getByLabelText<HTMLInputElement>('Nodes', { selector: 'input' }).value).toBe('2');
  answers.write = () => reply;
  fireEvent.click(screen.getByRole('button', { name: 'Add to plan' }));
  expect(await screen.findByRole('button', { name: 'Move nodes…' })).toBeTruthy();
});

const change = (clusterId: string) => stepOf(goalOf(clusterId, { '4c8g': 3 }, { '4c8g': 1 }));
const stoppedPlan = (...steps: PlanReply['plan']['run']['steps']): PlanReply => ({
  ...reply,
  plan: planOf('p', { run: { state: { kind: 'stopped', why: 'person' }, steps } }),
});
const done = { kind: 'done', changeId: 'c' } as const;

test('what is done to others’ virtual clusters lets somebody go on with their own, and neither rewrite, delete nor undo it', async () => {
  const first = stoppedPlan({ step: change('b'), state: done }, { step: change('a'), state: { kind: 'pending' } });
  await open({ first, clusters: ['a'] });
  expect(await screen.findByText(/You may change only virtual clusters named a/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Resume' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Skip a' })).toBeTruthy();
  for (const name of ['Delete plan', 'Undo what was done…', 'Move nodes…'])
    expect(screen.queryByRole('button', { name })).toBeNull();
});

test('what is done to the own ones can be undone and deleted', async () => {
  await open({ first: stoppedPlan({ step: change('a'), state: done }), clusters: ['a'] });
  for (const name of ['Delete plan', 'Undo what was done…']) expect(screen.getByRole('button', { name })).toBeTruthy();
});

test('while the console does not answer, nobody reads that a plan still runs', async () => {
  const step = planOf('p', {}, { kind: 'sending', changeId: 'c' }).run.steps;
  const running = { ...reply, plan: planOf('p', { run: { state: { kind: 'running', by: 'Ada' }, steps: step } }) };
  const { push } = await open({ first: running, fleet: () => Promise.reject(silent()) });
  const status = () => screen.getByText(/^Running/).closest('[role=status]')?.textContent ?? '';
  await expect.poll(status).toContain('whether the plan still runs is not known');
  expect(status()).not.toContain('Run by');
  act(() => push(fleetAt('e-2')));
  await expect.poll(status).toContain('Run by Ada');
  expect(status()).not.toContain('not known');
});
