import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { planReply, type Plan } from '../../contract/plan.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { openGoalsOf } from '../../domain/plan/open-goals.ts';
import type { Goal } from '../../domain/plan/plan.ts';
import { undoGoalsOf } from '../../domain/plan/undo.ts';
import { replicaSetsOf } from '../../domain/replica-sets.ts';
import { TEMPLATES } from './commands.ts';
import type { NetworkFault } from './network-faults.ts';
import { PLANNER, requestOrigin } from './ray-link.ts';
import type { TestBed } from './test-bed.ts';

/** Two people share two plans, and what takes them back, in the first console. */
export const PLAN_COUNT = 2;

/** What a person does with a plan, on the version of it that they saw last. */
export type PlanCommandStep = { readonly wait: number; readonly person: number; readonly plan: number } & (
  | { readonly kind: 'plan-look' | 'plan-stop' | 'plan-undo' | 'plan-reorder' | 'plan-delete' }
  /** `counts`: what each virtual cluster shall have; null: nothing; left out: the plan does not name it. */
  | { readonly kind: 'plan-save'; readonly counts: Readonly<Record<string, readonly number[] | null>> }
  /** `writes`: the faults of its steps' writes, one a step. */
  | { readonly kind: 'plan-run'; readonly writes: readonly (readonly NetworkFault[])[] }
  | { readonly kind: 'plan-skip'; readonly which: number }
);

export function isPlanCommand(command: { readonly kind: string }): command is PlanCommandStep {
  return command.kind.startsWith('plan-');
}

const idOf = (plan: number, isUndo = false) =>
  `00000000-0000-4000-a000-${String(10 * plan + Number(isUndo)).padStart(12, '0')}`;

/** Does what a person asks for; nobody waits for the reply, but what it tells is seen. */
export function applyPlanCommand(testBed: TestBed, command: PlanCommandStep): void {
  const { plans } = testBed;
  const id = idOf(command.plan);
  const seen = plans.seenBy(command.person, id);
  const run = (body: object) => send(testBed, command.person, 'POST', paths.planRun(id), body);
  const put = (planId: string, version: number, goals: readonly Goal[], more: object = {}) =>
    send(testBed, command.person, 'PUT', paths.plan(planId), { version, name: 'Plan', goals, ...more });
  switch (command.kind) {
    case 'plan-look':
      return send(testBed, command.person, 'GET', paths.plan(id));
    case 'plan-save':
      return put(id, seen?.version ?? 0, goalsOf(testBed, command));
    case 'plan-run':
      plans.faults.push(...command.writes);
      return run({ kind: 'run', version: seen?.version ?? 0 });
    case 'plan-stop':
      return run({ kind: 'stop' });
    case 'plan-skip': {
      const steps = seen?.run.steps ?? [];
      const stepId = steps[command.which % Math.max(1, steps.length)]?.step.id ?? '';
      return run({ kind: 'skip', version: seen?.version ?? 0, stepId });
    }
    case 'plan-reorder': {
      const left = seen?.run.steps.filter(({ state }) => state.kind !== 'done' && state.kind !== 'skipped') ?? [];
      const order = left.map(({ step }) => step.id).toReversed();
      return seen === null ? undefined : put(id, seen.version, openGoalsOf(seen.run), { order });
    }
    case 'plan-undo': {
      const undoing = idOf(command.plan, true);
      const goals = seen === null ? [] : undoGoalsOf(seen.run);
      const version = plans.seenBy(command.person, undoing)?.version ?? 0;
      put(undoing, version, goals, { undoes: id });
      return send(testBed, command.person, 'POST', paths.planRun(undoing), { kind: 'run', version: version + 1 });
    }
    case 'plan-delete':
      return send(testBed, command.person, 'DELETE', `${paths.plan(id)}?version=${String(seen?.version ?? 0)}`);
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

function send({ consoles, plans }: TestBed, person: number, method: string, path: string, body?: object): void {
  const request = new Request(`http://127.0.0.1:8600${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const see = async (): Promise<void> => {
    const reply = await consoles[0]?.fetch(request);
    if (reply?.ok !== true) return;
    const plan: Plan | null = reply.status === 204 ? null : planReply.parse(await reply.json()).plan;
    if (plan !== null) plans.see(person, plan);
  };
  requestOrigin.run(PLANNER, () => void see().catch(() => undefined));
}
