import fc from 'fast-check';
import type { NetworkFault } from './network-faults.ts';
import { PLAN_COUNT, type PlanCommandStep } from './plan-command.ts';

/** What two people do with plans, each with its weight among all commands. */
export function planCommands(parts: {
  readonly cluster: readonly string[];
  readonly wait: fc.Arbitrary<number>;
  readonly which: fc.Arbitrary<number>;
  readonly writes: fc.Arbitrary<readonly NetworkFault[]>;
}): readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<PlanCommandStep> }[] {
  const { cluster, wait, which, writes } = parts;
  const faults = fc.array(writes, { maxLength: 3 });
  const isBlind = fc.nat({ max: 4 }).map((n) => n === 0);
  const who = { wait, person: fc.nat({ max: 1 }), plan: fc.nat({ max: PLAN_COUNT - 1 }), isBlind };
  const count = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 2 });
  const counts = fc
    .subarray([...cluster], { minLength: 1 })
    .chain((named) => fc.tuple(...named.map((id) => fc.option(count, { freq: 4 }).map((to) => [id, to] as const))))
    .map((pairs) => Object.fromEntries(pairs));
  const simple = fc.constantFrom('plan-look', 'plan-stop', 'plan-reorder', 'plan-delete');
  return [
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant('plan-save'), counts, runs: fc.boolean(), writes: faults, ...who }),
    },
    {
      weight: 12,
      arbitrary: fc.record({
        kind: fc.constantFrom('plan-run', 'plan-run', 'plan-run', 'plan-undo'),
        writes: faults,
        ...who,
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('plan-skip'), which, ...who }) },
    { weight: 4, arbitrary: fc.record({ kind: simple, ...who }) },
  ];
}
