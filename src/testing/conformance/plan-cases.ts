import { expect } from 'vitest';
import { undoGoalsOf } from '../../domain/plan/undo.ts';
import { Conversation } from '../../simulator/conformance/conversation.ts';
import { fileOf, goalsOf, runCommand, runPlan, waysToApply, type ApplyFile } from './apply-file.ts';
import type { ConsoleCase } from './console-case.ts';
import { baseOf, type ConsoleOnRay } from './console-on-ray.ts';

const stepsOf = ({ run }: Awaited<ReturnType<ApplyFile>>) =>
  run.steps.map(({ step, state }) => [step.id, state.kind] as const);

const heldBy = async (console: ConsoleOnRay, id: string) => baseOf(await console.cluster(id)).replicaSets;

const casesBy = (way: string, apply: ApplyFile): readonly ConsoleCase[] => [
  {
    name: `a node goes from a virtual cluster in which a job runs to another one, and back, by ${way}`,
    jobs: true,
    run: async (console, target) => {
      const before = fileOf({ night: { '4c8g': 2 }, day: { '4c8g': 1 } }, 'night');
      expect((await apply(console, target, before)).run.state).toEqual({ kind: 'finished' });
      const script = new Conversation(target);
      // Its node is its own, so that the other one can go (fact 22); the revision moves by its start (fact 6).
      const job = await script.runJob({ clusterId: 'night', replicaSets: { '4c8g': 1 } });
      const moved = await apply(console, target, fileOf({ day: { '4c8g': 2 }, night: { '4c8g': 1 } }, 'night'));
      expect(moved.run.state).toEqual({ kind: 'finished' });
      expect(stepsOf(moved)).toEqual([
        ['night', 'done'],
        ['day', 'done'],
      ]);
      await script.untilJob(job, ['RUNNING']);
      expect(await heldBy(console, 'day')).toEqual({ '4c8g': 2 });
      const undone = await runPlan(console, target, undoGoalsOf(moved.run));
      expect(undone.run.state).toEqual({ kind: 'finished' });
      expect(await heldBy(console, 'night')).toEqual({ '4c8g': 2 });
      await script.untilJob(job, ['RUNNING']);
      await script.finishJob(job);
    },
  },
  {
    name: `a plan that is short of nodes does what fits, says what is lacking, and goes on once it fits, by ${way}`,
    run: async (console, target) => {
      const wanted = fileOf({ large: { '4c8g': 9 }, small: { '8c16g': 1 } });
      const stopped = await apply(console, target, wanted);
      expect(stopped.run.state).toEqual({ kind: 'stopped', why: 'step-failed' });
      expect(stepsOf(stopped)).toEqual([
        ['small', 'done'],
        ['large', 'failed'],
      ]);
      expect(stopped.run.steps[1]?.state).toMatchObject({
        result: { kind: 'shortage', direction: 'grow', suggestion: { '4c8g': 3 } },
      });
      expect(await console.scriptIds()).not.toContain('large');
      const fitting = await apply(console, target, fileOf({ large: { '4c8g': 3 }, small: { '8c16g': 1 } }));
      expect(stepsOf(fitting)).toEqual([['large', 'done']]);
    },
  },
  {
    name: `a file is applied and then is no drift; what it does not name goes only where it is pruned, by ${way}`,
    run: async (console, target) => {
      const first = fileOf({ a: { '4c8g': 2, my_node_type: 1 }, b: { '4c8g': 1 }, c: {} }, 'b');
      expect((await apply(console, target, first)).run.state).toEqual({ kind: 'finished' });
      expect(await runCommand(console, first, { name: 'diff' })).toMatchObject({ code: 0 });
      // One gives what the other takes, in two templates: neither can go first as a whole.
      const second = fileOf({ a: { '4c8g': 1, '8c16g': 3 }, d: { '4c8g': 1, my_node_type: 2 } });
      const kept = await apply(console, target, second);
      expect(kept.run.state).toEqual({ kind: 'finished' });
      expect(await console.scriptIds()).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd']));
      const pruned = await apply(console, target, second, true);
      expect(stepsOf(pruned)).toEqual([
        ['b', 'done'],
        ['c', 'done'],
      ]);
      expect(await goalsOf(console, second, true)).toEqual([]);
      expect(await heldBy(console, 'a')).toEqual({ '4c8g': 1, '8c16g': 3 });
    },
  },
];

/** What plans do, each by the API and by the command line. */
export const planCases: readonly ConsoleCase[] = waysToApply.flatMap(([way, apply]) => casesBy(way, apply));
