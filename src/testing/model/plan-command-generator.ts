import fc from 'fast-check';
import type { NetworkFault } from './network-faults.ts';
import { PLAN_COUNT, type PlanCommandStep } from './plan-commands.ts';

/** What two people do with plans, each with its weight among all commands. */
export function planCommands(parts: {
  readonly cluster: readonly string[];
  readonly wait: fc.Arbitrary<number>;
  readonly which: fc.Arbitrary<number>;
  readonly writes: fc.Arbitrary<readonly NetworkFault[]>;
}): readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<PlanCommandStep> }[] {
  const { cluster, wait, which, writes } = parts;
  const who = { wait, person: fc.nat({ max: 1 }), plan: fc.nat({ max: PLAN_COUNT - 1 }) };
  const count = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 2 });
  const counts = fc
    .subarray([...cluster], { minLength: 1 })
    .chain((named) => fc.tuple(...named.map((id) => fc.option(count, { freq: 4 }).map((to) => [id, to] as const))))
    .map((pairs) => Object.fromEntries(pairs));
  const simple = fc.constantFrom('plan-stop', 'plan-undo', 'plan-reorder', 'plan-delete');
  return [
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('plan-save'), counts, ...who }) },
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant('plan-run'), writes: fc.array(writes, { maxLength: 3 }), ...who }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('plan-look'), ...who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('plan-skip'), which, ...who }) },
    { weight: 4, arbitrary: fc.record({ kind: simple, ...who }) },
  ];
}
