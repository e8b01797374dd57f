import type { PlanPreview } from '../../contract/plan.ts';
import type { Fleet, VirtualCluster } from '../../domain/fleet.ts';
import { snapshotIn } from '../../domain/held-replica-sets.ts';
import { mayStillRun } from '../../domain/node-holders.ts';
import { freeNodesOf } from '../../domain/plan/free-ledger.ts';
import { movesOf, type PlanStep } from '../../domain/plan/plan.ts';
import { forecastPlan } from '../../domain/plan/preview.ts';
import { isMoved } from '../../domain/plan/step-change.ts';

/** What the steps that are left would do to the fleet as it is known now. */
export function previewSteps(steps: readonly PlanStep[], fleet: Fleet): PlanPreview {
  /** The first step of each virtual cluster: later ones rest on what it leads to. */
  const first = new Map(steps.toReversed().map((step) => [step.clusterId, step]));
  const moved = [...first.values()]
    .filter((step) => isMoved(step, snapshotIn(fleet, step.clusterId)))
    .map(({ clusterId }) => clusterId);
  const shrinking = new Set(
    steps.filter((step) => movesOf(step).some(({ taken }) => taken < 0)).map(({ clusterId }) => clusterId),
  );
  const jobsAtRisk = [...shrinking].flatMap((clusterId) => {
    const cluster = fleet.clusters.get(clusterId);
    const jobs = cluster === undefined ? [] : jobsAtRiskIn(cluster);
    return jobs?.length === 0 ? [] : [{ clusterId, jobs }];
  });
  return { forecast: forecastPlan(steps, freeNodesOf(fleet)), moved: moved.toReversed(), jobsAtRisk };
}

/** In a divisible virtual cluster every job has nodes of its own, which Ray keeps (facts 22, 25). Null: not known. */
function jobsAtRiskIn({ divisible, usedBy }: VirtualCluster): string[] | null {
  if (divisible) return [];
  if (!usedBy.known) return null;
  return usedBy.value.jobs.filter(mayStillRun).map(({ submissionId }) => submissionId);
}
