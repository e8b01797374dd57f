import type { NetworkFault } from './network-faults.ts';

/** Two people share two plans, and what takes them back, in the first console. */
export const PLAN_COUNT = 2;

/** What a person does with a plan. `isBlind`: on the version of it that they saw last, without a look at it right before. */
export type PlanCommandStep = {
  readonly wait: number;
  readonly person: number;
  readonly plan: number;
  readonly isBlind: boolean;
} & (
  | { readonly kind: 'plan-look' | 'plan-stop' | 'plan-reorder' | 'plan-delete' }
  /** `counts`: what each virtual cluster shall have; null: nothing; left out: the plan does not name it. */
  | ({ readonly kind: 'plan-save'; readonly counts: Readonly<Record<string, readonly number[] | null>> } & PlanRun)
  | ({ readonly kind: 'plan-run' | 'plan-undo' } & Pick<PlanRun, 'writes'>)
  | { readonly kind: 'plan-skip'; readonly which: number }
);

/** `runs`: it is run at once. `writes`: the faults of its steps' writes, one a step. */
interface PlanRun {
  readonly runs: boolean;
  readonly writes: readonly (readonly NetworkFault[])[];
}

export function isPlanCommand(command: { readonly kind: string }): command is PlanCommandStep {
  return command.kind.startsWith('plan-');
}
