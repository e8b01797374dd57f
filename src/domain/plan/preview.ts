import { compareTemplates } from '../replica-sets.ts';
import { createFreeLedger, type FreeNodes } from './free-ledger.ts';
import { movesOf, type Move, type PlanStep } from './plan.ts';

/** One template's free nodes around one step. */
interface StepTemplate {
  readonly templateId: string;
  /** Nodes taken from the free pool; negative: given back. */
  readonly taken: number;
  /** What there is after the step, less what dead members wait for; null: unknown. Negative: so many are lacking. */
  readonly after: number | null;
  /**
   * How many nodes have to become free for the step, beyond those that the steps before it lack: the steps' sum is the template's
   * shortage. Those that dead members wait for are among them, since Ray serves these first (fact 32).
   */
  readonly short: number;
}

interface StepForecast {
  readonly stepId: string;
  readonly templates: readonly StepTemplate[];
}

/** What a plan does to the free pool. */
export interface PlanForecast {
  readonly steps: readonly StepForecast[];
  /** By template, in display order: what there is before and after the whole plan, and the most that is lacking on the way. */
  readonly templates: readonly {
    readonly templateId: string;
    readonly before: number | null;
    readonly after: number | null;
    readonly shortage: number;
  }[];
  /** The first step that lacks nodes, by which the plan would stop; null: none does, as far as is known. */
  readonly firstShort: string | null;
}

/** Plays the steps in their order. A step that lacks nodes is booked all the same, so that the shortage of the whole shows. */
export function forecastPlan(steps: readonly PlanStep[], free: FreeNodes): PlanForecast {
  const ledger = createFreeLedger(free);
  const moves = steps.map((step) => movesOf(step));
  const touched = [...new Set(moves.flatMap((some) => some.map(({ templateId }) => templateId)))].sort(
    compareTemplates,
  );
  const rank = new Map(touched.map((templateId, index) => [templateId, index]));
  const byRank = (a: Move, b: Move) => (rank.get(a.templateId) ?? 0) - (rank.get(b.templateId) ?? 0);
  const lacking = new Map<string, number>();
  const forecasts = steps.map(({ id }, index): StepForecast => {
    const templates = (moves[index] ?? []).toSorted(byRank).map((move): StepTemplate => {
      const { templateId, taken } = move;
      ledger.book([move]);
      const after = ledger.count(templateId);
      const before = lacking.get(templateId) ?? 0;
      const most = taken > 0 ? Math.max(before, -(after ?? 0)) : before;
      lacking.set(templateId, most);
      const short = most - before;
      return { templateId, taken, after, short };
    });
    return { stepId: id, templates };
  });
  return {
    steps: forecasts,
    templates: touched.map((templateId) => ({
      templateId,
      before: free.has(templateId) ? (free.get(templateId) ?? null) : 0,
      after: ledger.count(templateId),
      shortage: lacking.get(templateId) ?? 0,
    })),
    firstShort: forecasts.find(({ templates }) => templates.some(({ short }) => short > 0))?.stepId ?? null,
  };
}
