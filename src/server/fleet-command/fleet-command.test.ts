import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Plan } from '../../contract/plan.ts';
import { EMPTY_PROFILE } from '../../domain/cluster-profile.ts';
import type { RunState, StepState } from '../../domain/plan/run.ts';
import type { FleetCluster } from '../../fleet-file/fleet-cluster.ts';
import { planOf } from '../../testing/harness/plan-store-contract.ts';
import { ConsoleError, Unanswered, type ConsoleClient } from './console-client.ts';
import { fleetDefaults, type FleetCommand } from './command.ts';
import { runFleetCommand } from './fleet-command.ts';
import { stepOf } from '../../testing/harness/plan-steps.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-command-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const team = (id: string, count: number): FleetCluster => ({
  id,
  divisible: false,
  replicaSets: { '4c8g': count },
  profile: EMPTY_PROFILE,
});

const DONE: StepState = { kind: 'done', changeId: 'c' };

interface Scripted {
  readonly fleet?: readonly FleetCluster[] | ConsoleError;
  /** How many nodes of `4c8g` a plan lacks. */
  readonly short?: number;
  /** What each look at the running plan shows: the states of its steps, and its own. */
  readonly looks?: readonly (readonly [RunState, readonly StepState[]])[];
  /** What the console answers to a run, and then to looks at it, in place of the plan. */
  readonly runFails?: ConsoleError;
  readonly looksFail?: readonly ConsoleError[];
  /** Why the output can't be written. */
  readonly unwritten?: string;
}

/** A console that answers as it is told. `asked`: what it was asked to do. */
function scriptedClient({ fleet = [team('a', 2)], short = 0, looks = [], runFails, looksFail = [] }: Scripted) {
  const failures = [...looksFail];
  const asked: string[] = [];
  const left = [...looks];
  let plan: Plan | null = null;
  const look = (): Plan => {
    if (plan === null) throw new Error('There is no plan.');
    const [state, states] = left.shift() ?? [{ kind: 'finished' } as const, plan.run.steps.map(() => DONE)];
    const steps = plan.run.steps.map(({ step }, index) => ({
      step,
      state: states[index] ?? { kind: 'pending' as const },
    }));
    return { ...plan, run: { state, steps } };
  };
  const client: ConsoleClient = {
    fleet: () => (fleet instanceof ConsoleError ? Promise.reject(fleet) : Promise.resolve(fleet)),
    tryPlan: (goals) =>
      Promise.resolve({
        steps: goals.map((goal) => stepOf(goal)),
        short: short === 0 ? [] : [{ templateId: '4c8g', nodes: short }],
      }),
    savePlan(id, name, goals) {
      asked.push(`save ${name}`);
      const steps = goals.map((goal) => ({ step: stepOf(goal), state: { kind: 'pending' } as const }));
      plan = planOf(id, { name, run: { state: { kind: 'draft' }, steps } });
      return Promise.resolve(plan);
    },
    plan() {
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve(look()) : Promise.reject(failure);
    },
    command(_id, { kind }) {
      asked.push(kind);
      return runFails === undefined ? Promise.resolve(look()) : Promise.reject(runFails);
    },
    setProfile: (clusterId) => Promise.resolve(void asked.push(`owner ${clusterId}`)),
  };
  return { client, asked };
}

interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly notes: readonly string[];
  readonly statuses: readonly string[];
  readonly asked: readonly string[];
}

async function run(
  name: FleetCommand['name'],
  text: string | null,
  given: Partial<FleetCommand> & Scripted & { readonly answer?: string } = {},
): Promise<Ran> {
  const file = join(folder, 'fleet.yaml');
  if (text !== null) writeFileSync(file, text);
  const { client, asked } = scriptedClient(given);
  const [out, notes, statuses]: [string[], string[], string[]] = [[], [], []];
  const terminal = {
    out: (line: string) => void out.push(line),
    data: (text: string) => void out.push(text),
    written: () => Promise.resolve(given.unwritten ?? null),
    note: (line: string) => void notes.push(line),
    status: (line: string) => void statuses.push(line),
    ask: () => Promise.resolve(given.answer ?? null),
    onInterrupt: () => () => undefined,
  };
  const clock = { now: () => 0, after: (_ms: number, act: () => void) => (queueMicrotask(act), () => undefined) };
  const command = { ...fleetDefaults, name, file, ...given };
  const code = await runFleetCommand(command, { client, terminal, clock, newId: () => 'the-plan' });
  return { code, out, notes, statuses, asked };
}

const fileOf = (...teams: readonly (readonly [string, number])[]) =>
  `version: 1\nclusters:\n${teams.map(([id, count]) => `  - id: ${id}\n    replicaSets: { 4c8g: ${String(count)} }\n`).join('')}`;
const same = fileOf(['a', 2]);
const other = fileOf(['a', 1], ['b', 3]);
/** Ray can't change what is divisible. */
const divided = other.replace('id: a', 'id: a\n    divisible: true');
const failed: StepState = { kind: 'failed', changeId: 'c', result: { kind: 'in-use' } };
const stopped: RunState = { kind: 'stopped', why: 'step-failed' };
const running: RunState = { kind: 'running', by: 'Ada' };
const lost = new Unanswered('The console does not answer.');
const away = new ConsoleError('The console does not answer.');

describe('exit codes', () => {
  test.each([
    ['diff: as the file says', 0, () => run('diff', same)],
    ['diff: not as the file says', 1, () => run('diff', other)],
    ['diff: no file', 2, () => run('diff', null)],
    ['diff: a wrong file', 2, () => run('diff', 'version: 1\nclusters: 3\n')],
    ['diff: no answer', 2, () => run('diff', same, { fleet: away })],
    ['export: written', 0, () => run('export', null)],
    ['export: into a wrong file', 2, () => run('export', 'clusters: [')],
    ['export: no answer', 2, () => run('export', null, { fleet: away })],
    ['apply: done', 0, () => run('apply', other, { yes: true })],
    ['apply: agreed to', 0, () => run('apply', other, { answer: 'yes' })],
    ['apply: nothing to do', 0, () => run('apply', same, { yes: true })],
    ['apply: not all of it', 1, () => run('apply', other, { yes: true, looks: [[stopped, [DONE, failed]]] })],
    ['apply: nothing of it can be', 1, () => run('apply', divided, { yes: true })],
    ['apply: nobody agreed', 2, () => run('apply', other)],
    ['apply: somebody did not agree', 2, () => run('apply', other, { answer: 'y' })],
    ['apply: no answer', 2, () => run('apply', other, { yes: true, fleet: away })],
    ['apply: whether it was begun is not known', 1, () => run('apply', other, { yes: true, runFails: lost })],
    ['apply: it was not begun', 2, () => run('apply', other, { yes: true, runFails: away })],
    [
      'apply: the console is away for a moment',
      0,
      () => run('apply', other, { yes: true, looks: [[running, [DONE]]], looksFail: [lost, lost] }),
    ],
    [
      'apply: the console stays away once it was begun',
      1,
      () =>
        run('apply', other, {
          yes: true,
          looks: [[running, [DONE]]],
          looksFail: Array.from({ length: 30 }, () => lost),
        }),
    ],
    [
      'apply: the token was withdrawn once it was begun',
      1,
      () => run('apply', other, { yes: true, looks: [[running, [DONE]]], looksFail: [away] }),
    ],
    ['apply: done, and nobody reads that', 1, () => run('apply', other, { yes: true, unwritten: 'EPIPE' })],
    ['diff: nobody reads it', 2, () => run('diff', same, { unwritten: 'EPIPE' })],
    ['export: onto a full disk', 2, () => run('export', null, { unwritten: 'ENOSPC' })],
    ['apply --dry-run: fits', 0, () => run('apply', other, { dryRun: true })],
    ['apply --dry-run: does not fit', 1, () => run('apply', other, { dryRun: true, short: 2 })],
    ['plan: kept', 0, () => run('plan', other)],
    ['plan: nothing to plan', 0, () => run('plan', same)],
    ['plan: not all of it', 1, () => run('plan', divided)],
    ['plan: a wrong file', 2, () => run('plan', '- 1')],
  ])('%s is %i', async (_, code, act) => {
    expect((await act()).code).toBe(code);
  });

  test('nothing is asked of the console where nobody agreed, and for a dry run', async () => {
    expect((await run('apply', other)).asked).toEqual([]);
    expect((await run('apply', other, { dryRun: true })).asked).toEqual([]);
    expect((await run('apply', other, { yes: true })).asked).toEqual(['save Apply fleet.yaml', 'run']);
  });
});

describe('--json', () => {
  const json = async (ran: Promise<Ran>): Promise<unknown> => {
    const { out } = await ran;
    expect(out).toHaveLength(1);
    return JSON.parse(out[0] ?? '');
  };

  test.each([
    [
      'diff',
      () => run('diff', other, { json: true }),
      { differs: true, drift: [{ kind: 'differs' }, { kind: 'missing' }] },
    ],
    ['diff without drift', () => run('diff', same, { json: true }), { differs: false, drift: [] }],
    [
      'apply',
      () => run('apply', other, { json: true, yes: true }),
      { planId: 'the-plan', state: { kind: 'finished' }, steps: [{ state: DONE }, { state: DONE }], notApplied: [] },
    ],
    [
      'apply that stops',
      () => run('apply', other, { json: true, yes: true, looks: [[stopped, [DONE, failed]]] }),
      { state: stopped, steps: [{ state: DONE }, { state: failed }] },
    ],
    ['apply without drift', () => run('apply', same, { json: true, yes: true }), { planId: null, steps: [] }],
    [
      'apply --dry-run',
      () => run('apply', other, { json: true, dryRun: true, short: 2 }),
      { planId: null, steps: [{ clusterId: 'a' }, { clusterId: 'b' }], short: [{ templateId: '4c8g', nodes: 2 }] },
    ],
    ['plan', () => run('plan', other, { json: true }), { planId: 'the-plan', steps: [{ id: 'a' }, { id: 'b' }] }],
    ['plan without drift', () => run('plan', same, { json: true }), { planId: null, steps: [] }],
  ] as const)('%s prints one value', async (_, act, value) => {
    expect(await json(act())).toMatchObject(value);
  });

  test('what can not be told prints no value, and its reason elsewhere', async () => {
    expect(await run('diff', same, { json: true, fleet: away })).toMatchObject({
      code: 2,
      out: [],
      notes: [away.message],
    });
  });
});

test('progress is a line for each step that has ended, and a status for the one that is on its way', async () => {
  const sending: StepState = { kind: 'sending', changeId: 'c' };
  const { notes, statuses } = await run('apply', other, {
    yes: true,
    looks: [
      [running, [sending]],
      [running, [sending]],
      [running, [DONE, sending]],
      [stopped, [DONE, failed]],
    ],
  });
  expect(notes.filter((line) => line.startsWith('['))).toEqual([
    '[1/2] resize a (4c8g 2 → 1): done',
    '[2/2] create b (4c8g 3): FAILED: it is in use',
  ]);
  expect(new Set(statuses)).toEqual(new Set(['[1/2] resize a (4c8g 2 → 1) …', '[2/2] create b (4c8g 3) …']));
});

test('a file of 20 MB is refused at once, with line and column, and not read', async () => {
  const file = join(folder, 'fleet.yaml');
  writeFileSync(file, same);
  truncateSync(file, 20_000_000);
  expect(await run('diff', null)).toMatchObject({
    code: 2,
    notes: [`${file}:1:1: The file is larger than 4 MB, so it was not read.`],
  });
});
