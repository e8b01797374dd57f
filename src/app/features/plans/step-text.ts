import type { PlanForecast } from '../../../domain/plan/preview.ts';
import type { PlanStep } from '../../../domain/plan/plan.ts';
import type { RunState, StepState } from '../../../domain/plan/run.ts';
import { countOf, templatesOf } from '../../../domain/replica-sets.ts';
import { replicaSetsText, resultText } from '../../changes/result-text.ts';
import { plansText } from '../../text/plans-text.ts';
import { text } from '../../text/text.ts';
import { personText } from '../../ui/person-text.ts';

/** What a step does, in one line. */
export function stepText({ from, to }: PlanStep): string {
  const words = plansText.step;
  if (from === null) return words.create(to === null ? words.none : replicaSetsText(to));
  if (to === null) return words.delete(replicaSetsText(from));
  const moves = templatesOf(from, to)
    .map((templateId) => [templateId, countOf(from, templateId), countOf(to, templateId)] as const)
    .filter(([, before, after]) => before !== after);
  return moves.length === 0 ? words.same : words.resize(text.joins.list(moves.map((move) => words.move(...move))));
}

interface StateText {
  readonly words: string;
  /** Why, or what became of it. */
  readonly reason: string | null;
  readonly tone: 'good' | 'bad' | 'warn' | 'quiet';
  /** The change that it was sent as. */
  readonly changeId: string | null;
}

export function stepStateText(state: StepState): StateText {
  const words = plansText.stepState;
  switch (state.kind) {
    case 'pending':
      return { words: words.pending, reason: null, tone: 'quiet', changeId: null };
    case 'sending':
      return { words: words.sending, reason: null, tone: 'warn', changeId: state.changeId };
    case 'done':
      return {
        words: state.changeId === null ? words.there : words.done,
        reason: null,
        tone: 'good',
        changeId: state.changeId,
      };
    case 'failed': {
      const { title, detail } = resultText(state.result);
      return {
        words: words.failed,
        reason: text.joins.sentences([text.joins.ended(title), detail]),
        tone: 'bad',
        changeId: state.changeId,
      };
    }
    case 'blocked':
      return { words: words.blocked, reason: plansText.obstacle[state.obstacle], tone: 'bad', changeId: null };
    case 'unknown':
      return {
        words: state.isOverdue === true ? words.overdue : words.unknown,
        reason: null,
        tone: 'warn',
        changeId: state.changeId,
      };
    case 'skipped':
      return { words: words.skipped(personText(state.by)), reason: null, tone: 'quiet', changeId: null };
  }
}

/** The state of the whole plan, in words. */
export function runStateText(state: RunState): { readonly words: string; readonly reason: string | null } {
  switch (state.kind) {
    case 'running':
    case 'stopping':
      return { words: plansText.state[state.kind], reason: plansText.running(personText(state.by)) };
    case 'stopped':
      return { words: plansText.state.stopped, reason: plansText.why[state.why] };
    case 'draft':
    case 'finished':
      return { words: plansText.state[state.kind], reason: null };
  }
}

/** Which nodes a step lacks; null: none. */
export function lacksText({ steps }: PlanForecast, stepId: string): string | null {
  const short = steps.find((step) => step.stepId === stepId)?.templates.filter((each) => each.short > 0) ?? [];
  return short.length === 0
    ? null
    : text.joins.list(short.map((each) => plansText.step.lacks(each.templateId, each.short)));
}
