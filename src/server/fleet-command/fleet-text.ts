import type { PlanStep } from '../../domain/plan/plan.ts';
import { countOf, templatesOf, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { Result } from '../../domain/result.ts';
import type { StepObstacle, StepState } from '../../domain/plan/run.ts';
import type { Drift } from '../../fleet-file/drift.ts';

/** Drift of one virtual cluster, in lines. */
export function driftLines(drift: Drift, prune: boolean): readonly string[] {
  const { clusterId } = drift;
  switch (drift.kind) {
    case 'missing':
      return [`+ ${clusterId}: is not there (${setsText(drift.want.replicaSets)})`];
    case 'unknown':
      return [`${prune ? '-' : ' '} ${clusterId}: is not in the file (${setsText(drift.has.replicaSets)})`];
    case 'differs': {
      const { want, has } = drift;
      const profile = has.profile ?? null;
      return [
        ...(drift.replicaSets ? [`~ ${clusterId}: ${differenceText(has.replicaSets, want.replicaSets)}`] : []),
        ...(drift.divisible
          ? [
              `! ${clusterId}: is ${has.divisible ? '' : 'not '}divisible, and the file wants it otherwise. Ray can't change that: delete it and create it again.`,
            ]
          : []),
        ...drift.profile.map(
          (field) => `~ ${clusterId}: ${field} ${quoted(profile?.[field])} → ${quoted(want.profile[field])}`,
        ),
      ];
    }
  }
}

function quoted(value: string | readonly string[] | undefined): string {
  return JSON.stringify(typeof value === 'string' ? value : (value ?? []).join(' '));
}

function setsText(sets: ReplicaSets): string {
  const some = templatesOf(sets).filter((each) => countOf(sets, each) > 0);
  return some.length === 0 ? 'no nodes' : some.map((each) => `${each} ${String(countOf(sets, each))}`).join(', ');
}

function differenceText(from: ReplicaSets, to: ReplicaSets): string {
  return templatesOf(from, to)
    .filter((each) => countOf(from, each) !== countOf(to, each))
    .map((each) => `${each} ${String(countOf(from, each))} → ${String(countOf(to, each))}`)
    .join(', ');
}

export function stepText({ clusterId, from, to }: PlanStep): string {
  if (from === null) return `create ${clusterId} (${setsText(to ?? {})})`;
  if (to === null) return `delete ${clusterId} (${setsText(from)})`;
  return `resize ${clusterId} (${differenceText(from, to)})`;
}

const RESULTS: Readonly<Record<Result['kind'], string>> = {
  applied: 'done',
  conflict: 'somebody changed it meanwhile',
  shortage: 'not enough nodes',
  mismatch: 'it has the other divisibility',
  'in-use': 'it is in use',
  'not-found': 'it does not exist',
  'already-ended': 'it had ended',
  waiting: 'waits until it is idle',
  cancelled: 'cancelled',
  invalid: 'Ray refused it',
  blocked: 'it was not sent',
  unreachable: 'Ray could not be reached, and nothing was sent',
  'not-applied': 'it was not done',
  unknown: 'nobody knows yet what became of it',
  'cannot-be-known': 'nobody can tell what became of it',
};

const OBSTACLES: Readonly<Record<StepObstacle, string>> = {
  moved: 'it is no longer as the plan takes it to be; nothing was sent',
  gone: 'it does not exist any more',
  unreadable: "Ray's list can't be read, or nothing may be written",
  'not-allowed': 'you may not change it',
};

/** The outcome of a step; null: none yet. */
export function stateText(state: StepState): string | null {
  switch (state.kind) {
    case 'pending':
    case 'sending':
      return null;
    case 'done':
      return state.changeId === null ? 'was so already' : 'done';
    case 'failed':
      return `FAILED: ${RESULTS[state.result.kind]}${state.result.kind === 'invalid' ? `: ${state.result.message}` : ''}`;
    case 'blocked':
      return `STOPPED: ${OBSTACLES[state.obstacle]}`;
    case 'unknown':
      return `UNKNOWN: ${state.isOverdue === true ? 'most likely it never arrived' : RESULTS.unknown}`;
    case 'skipped':
      return 'skipped';
  }
}
