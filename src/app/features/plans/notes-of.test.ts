import { expect, test } from 'vitest';
import type { PlanReply } from '../../../contract/plan.ts';
import { planOf } from '../../../testing/harness/plan-store-contract.ts';
import { isWarned, notesOf } from './notes-of.ts';

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
