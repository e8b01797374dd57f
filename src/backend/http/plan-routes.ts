import { planCommand, planRequest, planTrialRequest, type Plan, type PlanReply } from '../../contract/plan.ts';
import { clusterDenial, idDenial, sizeDenial, writeDenial, type Rights } from '../../domain/change-policy.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Denial } from '../../domain/denial.ts';
import { MAX_PLAN_COUNTS, type Goal } from '../../domain/plan/plan.ts';
import { isLeft } from '../../domain/plan/run.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import { NO_REVISION } from '../../domain/revision.ts';
import { visibleText } from '../../domain/visible-text.ts';
import type { Principal } from '../auth/authenticator.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { PlanActor, PlanAnswer, PlanProblem } from '../plans/plan-actor.ts';
import { previewSteps } from '../plans/plan-preview.ts';
import type { PlanService } from '../plans/plan-service.ts';
import { denialReply, problemReply } from '../web/problem-reply.ts';
import { readJson } from '../web/read-json.ts';
import { forbidden } from './forbidden.ts';
import type { Handlers } from './handler.ts';

export interface PlanRouteParts {
  readonly plans: PlanService;
  readonly store: FleetStore;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Plans: many changes as one. Each step has the rights, the limits and the guarantees of a single change. */
export function createPlanRoutes({
  plans,
  store,
}: {
  readonly plans: Pick<PlanService, 'summaries' | 'get' | 'stepsOf' | 'save' | 'command' | 'delete'>;
  readonly store: Pick<FleetStore, 'fleet' | 'listedCluster' | 'readOnly'>;
}) {
  function reply(plan: Plan): Response {
    const left = plan.run.steps.filter(({ state }) => isLeft(state));
    const body: PlanReply = {
      plan,
      preview: previewSteps(
        left.map(({ step }) => step),
        store.fleet(),
      ),
    };
    return Response.json(body);
  }

  const answered = (answer: PlanAnswer): Response => ('plan' in answer ? reply(answer.plan) : problem(answer.problem));

  /** Why these goals can't be a plan of this person; null: they can. */
  function refusal(goals: readonly Goal[], rights: Rights): Response | null {
    const counts = goals.reduce((sum, { from, to }) => sum + sizeOf(from) + sizeOf(to), 0);
    if (counts > MAX_PLAN_COUNTS) return denialReply(400, 'bad-plan', { kind: 'plan-too-large', counts });
    const ids = new Set<string>();
    for (const goal of goals) {
      if (ids.has(goal.clusterId)) return denialReply(400, 'bad-plan', { kind: 'named-twice' }, goal.clusterId);
      ids.add(goal.clusterId);
      const request = requestOf(goal);
      if (request === null) return denialReply(400, 'bad-plan', { kind: 'nothing-to-do' }, goal.clusterId);
      const bad = idDenial(request, store.listedCluster(goal.clusterId) !== null) ?? sizeDenial(request);
      if (bad !== null) return denialReply(400, 'bad-plan', bad, goal.clusterId);
      const denial = clusterDenial(rights, goal.clusterId);
      if (denial !== null) return forbidden(denial);
    }
    return null;
  }

  /**
   * Denies those who may not make every change of a plan. Steps that are done count, too, where the plan itself is changed or deleted: it
   * records what was done to others' virtual clusters, and can undo it.
   */
  function denialOf(plan: Plan, rights: Rights, which: 'all' | 'left'): Denial | null {
    for (const { step, state } of plan.run.steps) {
      if (which === 'left' && !isLeft(state)) continue;
      const denial = clusterDenial(rights, step.clusterId);
      if (denial !== null) return denial;
    }
    return null;
  }

  return {
    async 'GET plans'() {
      return Response.json({ plans: await plans.summaries() });
    },
    'POST plans'(c) {
      const request = planTrialRequest.safeParse(readJson(c.env.body));
      if (!request.success) return badPlan(request.error.issues[0]);
      const bad = refusal(request.data.goals, { ...c.get('principal'), mayWrite: true, clusters: null });
      if (bad !== null) return bad;
      const steps = plans.stepsOf(request.data);
      if (typeof steps === 'string') return problem(steps);
      return Response.json({ steps, preview: previewSteps(steps, store.fleet()) });
    },
    async 'GET plan'(_c, id) {
      const plan = id === null ? null : await plans.get(id.toLowerCase());
      return plan === null ? problem('no-such-plan') : reply(plan);
    },
    async 'PUT plan'(c, pathId) {
      const id = pathId?.toLowerCase() ?? '';
      if (!UUID.test(id)) return problemReply(400, 'bad-plan-id', 'The id of a plan must be a UUID.');
      const principal = c.get('principal');
      const noWrites = writeDenial(principal);
      if (noWrites !== null) return forbidden(noWrites);
      const request = planRequest.safeParse(readJson(c.env.body));
      if (!request.success) return badPlan(request.error.issues[0]);
      const bad = refusal(request.data.goals, principal);
      if (bad !== null) return bad;
      const before = await plans.get(id);
      const denial = before === null ? null : denialOf(before, principal, 'all');
      if (denial !== null) return forbidden(denial);
      // Rights are those on the version that is replaced, and on no later one.
      if ((before?.version ?? 0) !== request.data.version) return problem(before === null ? 'no-such-plan' : 'stale');
      const name = visibleText(request.data.name);
      if (name === '') return problemReply(400, 'bad-plan', 'name: must have a character that can be seen.');
      return answered(await plans.save(id, { ...request.data, name }, actorOf(principal)));
    },
    async 'DELETE plan'(c, pathId) {
      const id = pathId?.toLowerCase() ?? '';
      const principal = c.get('principal');
      const noWrites = writeDenial(principal);
      if (noWrites !== null) return forbidden(noWrites);
      const plan = await plans.get(id);
      if (plan === null) return problem('no-such-plan');
      const denial = denialOf(plan, principal, 'all');
      if (denial !== null) return forbidden(denial);
      const version = Number(new URL(c.req.url).searchParams.get('version') ?? plan.version);
      const refused = version === plan.version ? await plans.delete(id, version) : 'stale';
      return refused === null ? c.body(null, 204) : problem(refused);
    },
    async 'POST planRun'(c, pathId) {
      const id = pathId?.toLowerCase() ?? '';
      const principal = c.get('principal');
      const noWrites = writeDenial(principal);
      if (noWrites !== null) return forbidden(noWrites);
      const command = planCommand.safeParse(readJson(c.env.body));
      if (!command.success) return badPlan(command.error.issues[0]);
      const plan = await plans.get(id);
      if (plan === null) return problem('no-such-plan');
      const denial = denialOf(plan, principal, 'left');
      if (denial !== null) return forbidden(denial);
      if (command.data.kind !== 'stop' && command.data.version !== plan.version) return problem('stale');
      if (command.data.kind === 'run' && store.readOnly() !== null)
        return problemReply(
          503,
          'list-unreadable',
          "Ray's list of virtual clusters can't be read, so no plan can run.",
        );
      return answered(await plans.command(id, command.data, actorOf(principal)));
    },
  } satisfies Partial<Handlers>;
}

function sizeOf(sets: ReplicaSets | null): number {
  return sets === null ? 0 : Object.keys(sets).length;
}

/** The change that a goal is; null for one that is neither there before nor after. */
function requestOf({ clusterId, divisible, from, to }: Goal): ChangeRequest | null {
  const base = from === null ? null : { revision: NO_REVISION, replicaSets: from };
  if (to !== null) return { kind: 'save', clusterId, divisible, base, want: to };
  return base === null ? null : { kind: 'delete', clusterId, base: { ...base, divisible } };
}

function actorOf(principal: Principal): PlanActor {
  const { name, address, authMethod } = principal;
  return {
    name,
    address,
    authMethod,
    mayChange: ({ clusterId }) => principal.isStillValid() && clusterDenial(principal, clusterId) === null,
  };
}

function badPlan(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): Response {
  const where = issue === undefined || issue.path.length === 0 ? 'The plan' : issue.path.join('.');
  return problemReply(400, 'bad-plan', `${where}: ${issue?.message ?? 'is not as it should be'}.`);
}

const sentences = {
  'no-such-plan': [404, 'There is no such plan. It may have been deleted.'],
  stale: [409, 'Somebody has changed this plan since. Look at it again.'],
  'under-way': [
    409,
    'This plan is under way, or the outcome of a step is not known yet. It can be changed after that.',
  ],
  'unknown-step': [400, 'The order must name each step of the plan once.'],
  'out-of-turn': [400, 'A virtual cluster that the plan changes twice gives its nodes back before it takes others.'],
  'running-already': [409, 'This plan runs already.'],
  'not-running': [409, 'This plan does not run.'],
  'outcome-unknown': [
    409,
    'What became of a step is not known yet, and it must not be sent twice. Wait until it is known.',
  ],
  'nothing-left': [409, 'Nothing of this plan is left to do.'],
  'no-such-step': [404, 'The plan has no such step.'],
  'not-now': [409, 'That step is done, or not in turn.'],
} as const satisfies Readonly<Record<PlanProblem, readonly [number, string]>>;

function problem(kind: PlanProblem): Response {
  const [status, sentence] = sentences[kind];
  return problemReply(status, kind, sentence);
}
