import { compareTemplates } from '../../../domain/replica-sets.ts';
import { movesOf, type PlanStep } from '../../../domain/plan/plan.ts';

/** So many nodes from, or to, a virtual cluster; null: the free pool. */
export interface MovePart {
  readonly clusterId: string | null;
  readonly count: number;
}

/** Where the nodes of one template come from, and where they go: as many on either side. */
export interface TemplateMoves {
  readonly templateId: string;
  readonly from: readonly MovePart[];
  readonly to: readonly MovePart[];
}

/** What the steps move, by template in display order; steps of one virtual cluster count as one. */
export function movesByTemplate(steps: readonly PlanStep[]): readonly TemplateMoves[] {
  const taken = new Map<string, Map<string, number>>();
  for (const step of steps) {
    for (const move of movesOf(step)) {
      const clusters = taken.get(move.templateId) ?? new Map<string, number>();
      taken.set(move.templateId, clusters);
      clusters.set(step.clusterId, (clusters.get(step.clusterId) ?? 0) + move.taken);
    }
  }
  return [...taken]
    .sort(([a], [b]) => compareTemplates(a, b))
    .map(([templateId, clusters]) => {
      const parts = [...clusters].map(([clusterId, count]) => ({ clusterId, count }));
      const from = parts.filter(({ count }) => count < 0).map((part) => ({ ...part, count: -part.count }));
      const to = parts.filter(({ count }) => count > 0);
      const rest = sumOf(to) - sumOf(from);
      const pool = { clusterId: null, count: Math.abs(rest) };
      return {
        templateId,
        from: rest > 0 ? [...from, pool] : from,
        to: rest < 0 ? [...to, pool] : to,
      };
    })
    .filter(({ from }) => from.length > 0);
}

function sumOf(parts: readonly MovePart[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}
