import type { AuthMethod } from '../../contract/auth-method.ts';
import type { Change } from '../../contract/change.ts';
import type { Plan } from '../../contract/plan.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { PlanRefusal } from '../../domain/plan/run.ts';
import type { OrderProblem } from '../../domain/plan/step-order.ts';

/** Who asks for something. `mayChange`: whether they may make this change now. */
export interface PlanActor {
  readonly name: string;
  readonly address: string;
  readonly authMethod: AuthMethod;
  readonly mayChange: (request: ChangeRequest) => boolean;
}

/** Submits one change, as `ChangeService` does. */
export type SubmitChange = (submission: {
  readonly id: string;
  readonly request: ChangeRequest;
  readonly actor: string;
  readonly address: string;
  readonly authMethod: AuthMethod;
  readonly plan: string;
}) => Promise<Change | 'id-taken' | 'abandoned'>;

/** Why a request about a plan was refused. `stale`: another version is stored. */
export type PlanProblem = 'no-such-plan' | 'stale' | 'under-way' | OrderProblem | PlanRefusal;

export type PlanAnswer = { readonly plan: Plan } | { readonly problem: PlanProblem };
