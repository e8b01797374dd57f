import { expect, test } from 'vitest';
import type { PlanReply } from '../../../contract/plan.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { planOf } from '../../../testing/harness/plan-store-contract.ts';
import { clusterOf, usedByJobs } from '../../testing/cluster-fixture.ts';
import { isWarned, notesOf as notesOfFleet } from './notes-of.ts';

const notesOf = (reply: PlanReply, isReadable: boolean, clusters: ReadonlyMap<string, VirtualCluster> = new Map()) =>
  notesOfFleet(reply, isReadable, clusters);
const nothing = { steps: [], templates: [], firstShort: null };

const reply = (preview: Partial<PlanReply['preview']>): PlanReply => ({
  plan: planOf('00000000-0000-4000-8000-000000000001'),
  preview: { forecast: nothing, moved: [], jobsAtRisk: [], ...preview },
});
const takes = (before: number | null, taken = 1) => ({
  steps: [{ stepId: 'team', templates: [{ templateId: '4c8g', taken, after: null, short: 0 }] }],
  templates: [{ templateId: '4c8g', before, after: null, shortage: 0 }],
  firstShort: null,
});

test('every step finds its nodes: said only where nothing stands against it', () => {
  expect(notesOf(reply({}), true)).toEqual([{ kind: 'fits' }]);
  expect(notesOf(reply({ forecast: takes(3) }), true)).toEqual([{ kind: 'fits' }]);
  // What it would rest on is not what is there.
  expect(notesOf(reply({ moved: ['team'] }), true)).toEqual([
    { kind: 'moved', clusterIds: ['team'], stepId: 'team' },
    { kind: 'fits-later' },
  ]);
  expect(notesOf(reply({ forecast: takes(null) }), true)).toEqual([{ kind: 'free-unknown', templateIds: ['4c8g'] }]);
  expect(notesOf(reply({ forecast: takes(null, -1) }), true)).toEqual([{ kind: 'fits' }]);
  expect(notesOf(reply({}), false)).toEqual([{ kind: 'unreadable' }]);
});

test('while the outcome of a step is open nothing is said of what comes after it, but what it waits for', () => {
  const plan = planOf('p', {}, { kind: 'unknown', changeId: 'x' });
  expect(notesOf({ ...reply({ moved: ['team'] }), plan }, true)).toEqual([{ kind: 'outcome-open', stepId: 'team' }]);
  const overdue = planOf('p', {}, { kind: 'unknown', changeId: 'x', isOverdue: true });
  expect(notesOf({ ...reply({}), plan: overdue }, true)).toEqual([{ kind: 'fits' }]);
});

test('what must be planned anew comes before what lacks nodes, and that before jobs at risk; each asks twice', () => {
  const notes = notesOf(
    reply({
      moved: ['team'],
      forecast: { ...nothing, firstShort: 'team' },
      jobsAtRisk: [
        { clusterId: 'team', jobs: ['a', 'b'] },
        { clusterId: 'other', jobs: null },
      ],
    }),
    true,
  );
  expect(notes.map(({ kind }) => kind)).toEqual(['moved', 'short', 'risk', 'risk']);
  expect(notes.slice(2)).toMatchObject([{ jobs: 2 }, { jobs: null }]);
  for (const note of notes) expect(isWarned([note])).toBe(true);
  expect(isWarned([{ kind: 'fits' }, { kind: 'free-unknown', templateIds: [] }])).toBe(false);
});

test('a delete of what is in use is told as one that Ray refuses, not as a risk for the jobs that keep it', () => {
  const plan = planOf('p');
  const [first] = plan.run.steps;
  if (first === undefined) throw new Error('a plan without steps');
  const deletes = { ...plan, run: { ...plan.run, steps: [{ ...first, step: { ...first.step, to: null } }] } };
  const atRisk = { ...reply({ jobsAtRisk: [{ clusterId: 'team', jobs: ['a'] }] }), plan: deletes };
  const used = clusterOf({ '4c8g': 1 }, { id: 'team', usedBy: usedByJobs('a') });
  const notes = notesOf(atRisk, true, new Map([['team', used]]));
  expect(notes).toEqual([{ kind: 'fits' }, { kind: 'in-use', clusterId: 'team', stepId: first.step.id }]);
  expect(isWarned(notes)).toBe(true);
  const idle = clusterOf({ '4c8g': 1 }, { id: 'team' });
  expect(notesOf({ ...reply({}), plan: deletes }, true, new Map([['team', idle]]))).toEqual([{ kind: 'fits' }]);
});
