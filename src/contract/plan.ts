import * as z from 'zod/mini';
import type { Goal, PlanStep } from '../domain/plan/plan.ts';
import type { PlanRun, RunState, StepState } from '../domain/plan/run.ts';
import type { PlanForecast } from '../domain/plan/preview.ts';
import { MAX_ID_IN_PATH } from '../domain/cluster-id.ts';
import { result } from './change.ts';
import { replicaSets, time } from './values.ts';

/** The most virtual clusters that a plan may change, and the longest name of one. */
export const MAX_GOALS = 500;
export const MAX_PLAN_NAME = 200;

const goalFields = {
  clusterId: z.string().check(z.minLength(1), z.maxLength(MAX_ID_IN_PATH)),
  divisible: z.boolean(),
  from: z.nullable(replicaSets),
  to: z.nullable(replicaSets),
};
const goal = z.object(goalFields) satisfies z.ZodMiniType<Goal>;
const planStep = z.object({ id: z.string(), ...goalFields }) satisfies z.ZodMiniType<PlanStep>;

const stepState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pending'), triedAs: z.exactOptional(z.string()) }),
  z.object({ kind: z.literal('sending'), changeId: z.string() }),
  z.object({ kind: z.literal('done'), changeId: z.nullable(z.string()) }),
  z.object({ kind: z.literal('failed'), changeId: z.string(), result }),
  z.object({ kind: z.literal('blocked'), obstacle: z.enum(['moved', 'gone', 'unreadable', 'not-allowed']) }),
  z.object({ kind: z.literal('unknown'), changeId: z.string(), isOverdue: z.exactOptional(z.boolean()) }),
  z.object({ kind: z.literal('skipped'), by: z.string() }),
]) satisfies z.ZodMiniType<StepState>;

const runState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draft') }),
  z.object({ kind: z.literal('running'), by: z.string() }),
  z.object({ kind: z.literal('stopping'), by: z.string() }),
  z.object({
    kind: z.literal('stopped'),
    why: z.enum(['person', 'step-failed', 'step-blocked', 'step-unknown', 'console-ended']),
  }),
  z.object({ kind: z.literal('finished') }),
]) satisfies z.ZodMiniType<RunState>;

/** A stored plan. `version` grows with every change of it: a request names the one that its author saw. */
export const plan = z.object({
  id: z.string(),
  version: z.number(),
  name: z.string(),
  createdBy: z.string(),
  createdAt: time,
  changedAt: time,
  /** When it may run. Only `now` for the time being; an approval or a time would stand here. */
  condition: z.object({ kind: z.literal('now') }),
  /** Whether a person chose the order of the steps. */
  isOwnOrder: z.boolean(),
  /** The plan that this one takes back; null: none. */
  undoes: z.nullable(z.string()),
  run: z.object({
    state: runState,
    steps: z.array(z.object({ step: planStep, state: stepState })),
  }),
});
export type Plan = Readonly<Omit<z.infer<typeof plan>, 'run'>> & { readonly run: PlanRun };

/**
 * The body of `PUT /api/plans/{uuid}`. `version`: 0 for a new plan. `order`: the ids of the steps in a person's order; left out: as
 * the planner orders them. Steps that are done stay as they are.
 */
export const planRequest = z.object({
  version: z.number(),
  name: z.string().check(z.minLength(1), z.maxLength(MAX_PLAN_NAME)),
  goals: z.array(goal).check(z.maxLength(MAX_GOALS)),
  order: z.optional(z.array(z.string()).check(z.maxLength(2 * MAX_GOALS))),
  undoes: z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/i))),
});
export type PlanRequest = Readonly<Omit<z.infer<typeof planRequest>, 'goals'>> & { readonly goals: readonly Goal[] };

/** The body of `POST /api/plans/{uuid}/run`: what to do. */
export const planCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), version: z.number() }),
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('skip'), version: z.number(), stepId: z.string() }),
]);
export type PlanCommand = Readonly<z.infer<typeof planCommand>>;

const forecast = z.object({
  steps: z.array(
    z.object({
      stepId: z.string(),
      templates: z.array(
        z.object({ templateId: z.string(), taken: z.number(), after: z.nullable(z.number()), short: z.number() }),
      ),
    }),
  ),
  templates: z.array(
    z.object({
      templateId: z.string(),
      before: z.nullable(z.number()),
      after: z.nullable(z.number()),
      shortage: z.number(),
    }),
  ),
  firstShort: z.nullable(z.string()),
}) satisfies z.ZodMiniType<PlanForecast>;

/** What the steps that are left would do to the fleet as it is now. */
const planPreview = z.object({
  forecast,
  /** Virtual clusters that are no longer as their next step takes them to be. */
  moved: z.array(z.string()),
  /** Jobs that a step may take a node from, by virtual cluster (fact 25); null: not known. */
  jobsAtRisk: z.array(z.object({ clusterId: z.string(), jobs: z.nullable(z.array(z.string())) })),
});
export interface PlanPreview {
  readonly forecast: PlanForecast;
  readonly moved: readonly string[];
  readonly jobsAtRisk: readonly { readonly clusterId: string; readonly jobs: readonly string[] | null }[];
}

/** `GET /api/plans/{uuid}`, and the reply to `PUT` and `POST` below it. */
export const planReply = z.object({ plan, preview: planPreview });

export interface PlanReply {
  readonly plan: Plan;
  readonly preview: PlanPreview;
}

/** The body of `POST /api/plans`. */
export const planTrialRequest = z.pick(planRequest, { goals: true, order: true });

/** Its reply: what a plan of these goals would be, and do. Nothing is stored. */
export const planTrial = z.object({ steps: z.array(planStep), preview: planPreview });

/** A plan in the list of plans. */
const planSummary = z.object({
  id: z.string(),
  name: z.string(),
  createdBy: z.string(),
  changedAt: time,
  state: runState,
  steps: z.number(),
  done: z.number(),
});
export type PlanSummary = Readonly<z.infer<typeof planSummary>>;

/** `GET /api/plans`: newest change first. */
export const planList = z.object({ plans: z.array(planSummary) });
