import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Goal, PlanStep } from '../../domain/plan/plan.ts';
import { orderGoals } from '../../domain/plan/order.ts';
import { forecastPlan } from '../../domain/plan/preview.ts';
import type { FreeNodes } from '../../domain/plan/free-ledger.ts';
import { replicaSetsOf, type ReplicaSets } from '../../domain/replica-sets.ts';
import { removeCluster, saveCluster } from '../../simulator/engine/clusters.ts';
import { killNode } from '../../simulator/engine/node-lifecycle.ts';
import { createFleet } from '../../simulator/engine/scenarios.ts';
import { advanceTo, type World } from '../../simulator/engine/world.ts';
import { goalOf } from '../../testing/harness/plan-steps.ts';

/** 300 generated fleets and plans; `PLAN_RUNS=10000 npx vitest run src/backend/plans src/domain/plan` tries that many. */
const RUNS = Number(process.env['PLAN_RUNS'] ?? '300');

const START = 1_800_000_000_000;
/** Until Ray has noticed every death, and replaced what it can. */
const QUIET = 600_000;
const templates = ['4c8g', '8c16g', 'gpu'] as const;

const counts = fc.record({ '4c8g': fc.nat(4), '8c16g': fc.nat(2), gpu: fc.nat(2) });
/** What each virtual cluster has, how many of its nodes die, and what it shall have. */
const clusters = fc.array(
  fc.record({ from: fc.option(counts, { freq: 4 }), to: fc.option(counts, { freq: 4 }), dies: fc.nat(2) }),
  { minLength: 1, maxLength: 8 },
);
const fleets = fc.record({ clusters, spare: counts });

type GeneratedFleet = typeof fleets extends fc.Arbitrary<infer T> ? T : never;

const idOf = (index: number) => `c${String(index)}`;

/** The fleet in Ray, with its dead nodes noticed and replaced as far as there are nodes. */
function build({ clusters: all, spare }: GeneratedFleet): World {
  const nodes = replicaSetsOf(
    templates.map((templateId) => [
      templateId,
      all.reduce((sum, { from }) => sum + (from?.[templateId] ?? 0), spare[templateId]),
    ]),
  );
  const world = createFleet(nodes, 1, START);
  for (const [index, { from }] of all.entries()) if (from !== null) save(world, idOf(index), from);
  for (const [index, { dies }] of all.entries())
    for (const node of [...(world.clusters.get(idOf(index))?.nodes ?? [])].slice(0, dies)) killNode(world, node);
  return quiet(world);
}

function quiet(world: World): World {
  advanceTo(world, world.now + QUIET);
  return world;
}

/** Whether Ray takes it. */
function save(world: World, clusterId: string, to: ReplicaSets): boolean {
  const revision = world.clusters.get(clusterId)?.revision ?? 0n;
  return saveCluster(world, { clusterId, divisible: false, replicaSets: new Map(Object.entries(to)), revision }).ok;
}

const carryOut = (world: World, { clusterId, to }: PlanStep): boolean =>
  to === null ? removeCluster(world, clusterId) === null : save(world, clusterId, to);

/** What there is, less what dead members wait for. */
function freeNodes({ freePool, deadMembers }: World): FreeNodes {
  return new Map(templates.map((each) => [each, freePool.count(each) - deadMembers.count(each)]));
}

const goalsOf = ({ clusters: all }: GeneratedFleet): readonly Goal[] =>
  all.flatMap(({ from, to }, index) => (from === null && to === null ? [] : [goalOf(idOf(index), from, to)]));

test(
  'a plan does in Ray what its preview says, up to the first step that the preview calls short',
  () => {
    fc.assert(
      fc.property(fleets, (fleet) => {
        const world = build(fleet);
        const steps = orderGoals(goalsOf(fleet), freeNodes(world));
        const forecast = forecastPlan(steps, freeNodes(world));
        for (const step of steps) {
          if (step.id === forecast.firstShort) {
            expect([step.id, carryOut(world, step)]).toEqual([step.id, false]);
            return;
          }
          expect([step.id, carryOut(world, step)]).toEqual([step.id, true]);
          const left = freeNodes(quiet(world));
          const reported = forecast.steps.find(({ stepId }) => stepId === step.id)?.templates ?? [];
          for (const { templateId, after } of reported)
            expect([templateId, left.get(templateId)]).toEqual([templateId, after]);
        }
        for (const { clusterId, to } of goalsOf(fleet)) {
          const held = world.clusters.get(clusterId);
          expect(held === undefined ? null : templates.map((each) => held.nodes.count(each))).toEqual(
            to === null ? null : templates.map((each) => to[each]),
          );
        }
      }),
      { numRuns: RUNS },
    );
  },
  Math.max(5_000, 10 * RUNS),
);
