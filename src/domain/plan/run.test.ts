import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '../result.ts';
import { advancePlan, nextStep, type PlanEvent, type PlanRun, type StepState } from './run.ts';
import type { PlanStep } from './plan.ts';
import { undoGoalsOf } from './undo.ts';
import { goalOf, stepOf } from '../../testing/harness/plan-steps.ts';

const applied: Result = { kind: 'applied', revision: null, seen: 'reply', retries: 0 };
const inUse: Result = { kind: 'in-use' };
const unknown: Result = { kind: 'unknown', cause: 'cut', lookedAt: null };

const step = (clusterId: string) => stepOf(goalOf(clusterId, { '4c8g': 2 }, { '4c8g': 1 }));

function draft(...ids: readonly string[]): PlanRun {
  return { state: { kind: 'draft' }, steps: ids.map((id) => ({ step: step(id), state: { kind: 'pending' } })) };
}

/** Plays events that must all be allowed. */
function play(run: PlanRun, ...events: readonly PlanEvent[]): PlanRun {
  return events.reduce((now, event) => {
    const next = advancePlan(now, event);
    if (typeof next === 'string') throw new Error(`${event.kind} was refused: ${next}`);
    return next;
  }, run);
}

const run: PlanEvent = { kind: 'run', by: 'Ada' };
const send = (stepId: string, changeId = `change-${stepId}`): PlanEvent => ({ kind: 'send', stepId, changeId });
const result = (stepId: string, of: Result): PlanEvent => ({
  kind: 'result',
  changeId: `change-${stepId}`,
  result: of,
});

const kindsOf = ({ steps }: PlanRun) => steps.map(({ state }) => state.kind);

describe('a plan', () => {
  test('runs one step after the other, and is finished after the last', () => {
    const first = play(draft('a', 'b'), run, send('a'));
    expect(nextStep(first)).toBeNull();
    const second = play(first, result('a', applied));
    expect(nextStep(second)?.id).toBe('b');
    const end = play(second, send('b'), result('b', applied));
    expect(end.state).toEqual({ kind: 'finished' });
    expect(advancePlan(end, run)).toBe('nothing-left');
  });

  test.each([
    ['fails', inUse, 'step-failed', ['failed', 'pending']],
    ['has an unknown outcome', unknown, 'step-unknown', ['unknown', 'pending']],
  ] as const)('stops at the first step that %s', (_, of, why, kinds) => {
    const stopped = play(draft('a', 'b'), run, send('a'), result('a', of));
    expect(stopped.state).toEqual({ kind: 'stopped', why });
    expect(kindsOf(stopped)).toEqual(kinds);
    expect(nextStep(stopped)).toBeNull();
  });

  test('does not go on while an outcome is unknown, and does once it is known', () => {
    const stopped = play(draft('a', 'b'), run, send('a'), result('a', unknown));
    expect(advancePlan(stopped, run)).toBe('outcome-unknown');
    expect(advancePlan(stopped, { kind: 'skip', stepId: 'a', by: 'Ada' })).toBe('outcome-unknown');
    const known = play(stopped, result('a', applied));
    expect(known.state).toEqual({ kind: 'stopped', why: 'step-unknown' });
    expect(nextStep(play(known, run))?.id).toBe('b');
  });

  test('may be gone on with once an outcome is overdue: what was tried is sent again, or found to be there', () => {
    const stopped = play(draft('a', 'b'), run, send('a'), result('a', unknown));
    const overdue = play(stopped, { kind: 'overdue', changeId: 'change-a' });
    expect(overdue.state).toEqual({ kind: 'stopped', why: 'step-unknown' });
    // Looked for again and again: nothing changes by that, so nobody's request is of an older version.
    expect(advancePlan(overdue, { kind: 'overdue', changeId: 'change-a' })).toBe(overdue);
    expect(advancePlan(overdue, result('a', unknown))).toBe(overdue);
    expect(advancePlan(stopped, result('a', unknown))).toBe(stopped);
    const again = play(overdue, run);
    expect(nextStep(again)?.id).toBe('a');
    // Ray has it after all: it was this plan, so undo takes it back.
    expect(play(again, { kind: 'there-already', stepId: 'a' }).steps[0]?.state).toEqual({
      kind: 'done',
      changeId: 'change-a',
    });
    expect(kindsOf(play(overdue, { kind: 'skip', stepId: 'a', by: 'Ada' }))).toEqual(['skipped', 'pending']);
    expect(kindsOf(play(overdue, result('a', applied)))).toEqual(['done', 'pending']);
  });

  test('tries again what failed or was blocked, or skips it', () => {
    const blocked = play(draft('a', 'b'), run, { kind: 'blocked', stepId: 'a', obstacle: 'moved' });
    expect(nextStep(play(blocked, run))?.id).toBe('a');
    const skipped = play(blocked, { kind: 'skip', stepId: 'a', by: 'Ada' }, run);
    expect(nextStep(skipped)?.id).toBe('b');
    expect(play(skipped, { kind: 'there-already', stepId: 'b' }).state).toEqual({ kind: 'finished' });
  });

  test('that is stopped lets the step under way settle first', () => {
    const stopping = play(draft('a', 'b'), run, send('a'), { kind: 'stop' });
    expect(stopping.state.kind).toBe('stopping');
    expect(play(stopping, result('a', applied)).state).toEqual({ kind: 'stopped', why: 'person' });
  });

  test('is run by one person at a time', () => {
    expect(advancePlan(play(draft('a'), run), { kind: 'run', by: 'Bob' })).toBe('running-already');
  });

  test('is stopped when its console ended, and takes up what was stored', () => {
    const ended = play(draft('a', 'b'), run, send('a'), { kind: 'console-restarted' });
    expect(ended.state).toEqual({ kind: 'stopped', why: 'console-ended' });
    expect(advancePlan(ended, run)).toBe('outcome-unknown');
    expect(nextStep(play(ended, { kind: 'never-submitted', changeId: 'change-a' }, run))?.id).toBe('a');
    expect(nextStep(play(ended, result('a', applied), run))?.id).toBe('b');
  });
});

test('is undone to what each virtual cluster was before its first step', () => {
  const parts: PlanStep[] = [
    stepOf(goalOf('a', { '4c8g': 2 }, { '4c8g': 1 }), 'a#give'),
    stepOf(goalOf('b', null, { gpu: 1 })),
    stepOf(goalOf('a', { '4c8g': 1 }, { '4c8g': 1, gpu: 1 }), 'a#take'),
    step('never'),
  ];
  const states: StepState[] = ['1', '2', '3'].map((changeId) => ({ kind: 'done', changeId }));
  const steps = parts.map((each, index) => ({ step: each, state: states[index] ?? ({ kind: 'pending' } as const) }));
  expect(undoGoalsOf({ state: { kind: 'stopped', why: 'person' }, steps })).toEqual([
    goalOf('b', { gpu: 1 }, null),
    goalOf('a', { '4c8g': 1, gpu: 1 }, { '4c8g': 2 }),
  ]);
});

const results = fc.constantFrom(applied, inUse, unknown);
const stepIds = fc.constantFrom('a', 'b', 'c');
const events: fc.Arbitrary<(attempt: number, run: PlanRun) => PlanEvent> = fc.oneof(
  fc.constantFrom<PlanEvent>(run, { kind: 'stop' }, { kind: 'console-restarted' }).map((event) => () => event),
  stepIds.map((stepId) => (attempt: number) => send(stepId, `change-${String(attempt)}`)),
  stepIds.map((stepId) => (): PlanEvent => ({ kind: 'skip', stepId, by: 'Ada' })),
  stepIds.map((stepId) => (): PlanEvent => ({ kind: 'there-already', stepId })),
  stepIds.map((stepId) => (): PlanEvent => ({ kind: 'blocked', stepId, obstacle: 'moved' })),
  fc
    .tuple(results, fc.boolean(), fc.boolean())
    .map(([of, isNever, isOverdue]) => (_: number, now: PlanRun): PlanEvent => {
      const waiting = now.steps.find(({ state }) => state.kind === 'sending' || state.kind === 'unknown')?.state;
      const changeId = waiting !== undefined && 'changeId' in waiting ? (waiting.changeId ?? 'none') : 'none';
      // Only a console that ended can find that a change was never submitted.
      const mayBeNever = isNever && waiting?.kind === 'sending' && now.state.kind === 'stopped';
      if (isOverdue && waiting?.kind === 'unknown') return { kind: 'overdue', changeId };
      return mayBeNever ? { kind: 'never-submitted', changeId } : { kind: 'result', changeId, result: of };
    }),
);

test('whatever happens, one change at a time, none twice, and nothing after what is not known', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 40 }), (all) => {
      let now = draft('a', 'b', 'c');
      const open = new Set<string>();
      all.forEach((make, attempt) => {
        const event = make(attempt, now);
        const before = now;
        const next = advancePlan(now, event);
        if (typeof next === 'string') return;
        now = next;
        if (event.kind === 'send') {
          expect([...open]).toEqual([]);
          expect(before.steps.find(({ step: { id } }) => id === event.stepId)?.state.kind).toBe('pending');
          open.add(event.changeId);
        }
        // A person may go on without what is overdue.
        if (event.kind === 'never-submitted' || event.kind === 'overdue') open.delete(event.changeId);
        if (event.kind === 'result' && event.result.kind !== 'unknown') open.delete(event.changeId);
        before.steps.forEach(({ state }, index) => {
          if (state.kind === 'done' || state.kind === 'skipped') expect(now.steps[index]?.state).toEqual(state);
        });
        if (event.kind === 'console-restarted') expect(now.state.kind).not.toBe('running');
        if (now.state.kind === 'finished')
          expect(kindsOf(now).every((kind) => ['done', 'skipped'].includes(kind))).toBe(true);
      });
    }),
    { numRuns: 500 },
  );
});
