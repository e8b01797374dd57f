import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { planReply } from '../../contract/plan.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { openGoalsOf } from '../../domain/plan/open-goals.ts';
import type { Goal } from '../../domain/plan/plan.ts';
import { undoGoalsOf } from '../../domain/plan/undo.ts';
import { replicaSetsOf } from '../../domain/replica-sets.ts';
import { TEMPLATES } from './commands.ts';
import type { PlanCommandStep } from './plan-command.ts';
import { PLANNER, requestOrigin } from './ray-link.ts';
import type { TestBed } from './test-bed.ts';

const idOf = (plan: number, isUndo = false) =>
  `00000000-0000-4000-a000-${String(10 * plan + Number(isUndo)).padStart(12, '0')}`;

/** Does what a person asks for; nobody waits for the reply, but its content is seen. */
export function applyPlanCommand(testBed: TestBed, command: PlanCommandStep): void {
  requestOrigin.run(PLANNER, () => void act(testBed, command).catch(() => undefined));
}

async function act(testBed: TestBed, command: PlanCommandStep): Promise<void> {
  const { plans } = testBed;
  const id = idOf(command.plan);
  if (!command.isBlind) await ask(testBed, command.person, 'GET', paths.plan(id));
  const seen = plans.seenBy(command.person, id);
  const version = seen?.version ?? 0;
  const send = (planId: string, body: object) => ask(testBed, command.person, 'POST', paths.planRun(planId), body);
  const put = (planId: string, on: number, goals: readonly Goal[], more: object = {}) =>
    ask(testBed, command.person, 'PUT', paths.plan(planId), { version: on, name: 'Plan', goals, ...more });
  switch (command.kind) {
    case 'plan-look':
      return;
    case 'plan-save':
      await put(id, version, goalsOf(testBed, command));
      if (!command.runs) return;
      plans.faults.push(...command.writes);
      return send(id, { kind: 'run', version: plans.seenBy(command.person, id)?.version ?? 0 });
    case 'plan-run':
      plans.faults.push(...command.writes);
      return send(id, { kind: 'run', version });
    case 'plan-stop':
      return send(id, { kind: 'stop' });
    case 'plan-skip': {
      const steps = seen?.run.steps ?? [];
      const stepId = steps[command.which % Math.max(1, steps.length)]?.step.id ?? '';
      return send(id, { kind: 'skip', version, stepId });
    }
    case 'plan-reorder': {
      const left = seen?.run.steps.filter(({ state }) => state.kind !== 'done' && state.kind !== 'skipped') ?? [];
      const order = left.map(({ step }) => step.id).toReversed();
      return seen === null ? undefined : put(id, version, openGoalsOf(seen.run), { order });
    }
    case 'plan-undo': {
      const undoing = idOf(command.plan, true);
      const goals = seen === null ? [] : undoGoalsOf(seen.run);
      if (goals.length === 0) return;
      plans.faults.push(...command.writes);
      await ask(testBed, command.person, 'GET', paths.plan(undoing));
      await put(undoing, plans.seenBy(command.person, undoing)?.version ?? 0, goals, { undoes: id });
      return send(undoing, { kind: 'run', version: plans.seenBy(command.person, undoing)?.version ?? 0 });
    }
    case 'plan-delete':
      return ask(testBed, command.person, 'DELETE', `${paths.plan(id)}?version=${String(version)}`);
  }
}

/** What the virtual clusters shall have, from what the person's page shows that they have. */
function goalsOf(
  { tabs }: TestBed,
  { person, counts }: Extract<PlanCommandStep, { kind: 'plan-save' }>,
): readonly Goal[] {
  const shown = tabs[person]?.page.fleet()?.clusters ?? new Map<string, never>();
  return Object.entries(counts).flatMap(([clusterId, wanted]) => {
    const cluster = shown.get(clusterId);
    const from = cluster === undefined ? null : heldReplicaSetsOf(cluster);
    const to = wanted === null ? null : replicaSetsOf(TEMPLATES.map((each, index) => [each, wanted[index] ?? 0]));
    return from === null && to === null ? [] : [{ clusterId, divisible: cluster?.divisible ?? false, from, to }];
  });
}

async function ask(
  { consoles, plans }: TestBed,
  person: number,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const request = new Request(`http://127.0.0.1:8600${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const reply = await consoles[0]?.fetch(request);
  if (reply?.ok === true && reply.status !== 204) plans.see(person, planReply.parse(await reply.json()).plan);
}
