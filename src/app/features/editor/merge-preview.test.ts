import { expect, test } from 'vitest';
import { previewSave } from '../../../domain/preview.ts';
import { clusterOf, poolOf, usedByJobs } from '../../testing/cluster-fixture.ts';
import { editDraft } from '../../drafts/draft.ts';
import { previewMerge } from './merge-preview.ts';

const opened = editDraft(clusterOf({ '4c8g': 3, '8c16g': 2 }), 0);
const typed = (four: string, eight: string) => ({
  ...opened,
  fields: [
    { templateId: '4c8g', typed: four },
    { templateId: '8c16g', typed: eight },
  ],
});

test('what only they moved is kept, and takes nothing back', () => {
  const now = clusterOf({ '4c8g': 4, '8c16g': 2, gpu_a10: 1 }, { usedBy: usedByJobs('raysubmit_a') });
  const { counts, notes } = previewMerge(typed('3', '5'), now);
  expect([...counts]).toEqual([
    ['4c8g', 4],
    ['8c16g', 5],
    ['gpu_a10', 1],
  ]);
  expect(notes.get('4c8g')).toEqual({ kind: 'keeps-theirs', count: 4 });
  expect(notes.has('8c16g')).toBe(false);
  const preview = previewSave({ cluster: now, want: counts, pool: poolOf({}), others: [] });
  expect(preview.rows.map(({ goesBack }) => goesBack)).toEqual([0, 0, 0]);
  expect(preview.jobsAtRisk).toMatchObject({ value: [] });
});

test('what both moved is undecided, and stays as it is until it is decided', () => {
  const { counts, notes } = previewMerge(typed('1', '2'), clusterOf({ '4c8g': 4, '8c16g': 2 }));
  expect(counts[0]).toEqual(['4c8g', 4]);
  expect(notes.get('4c8g')).toEqual({ kind: 'undecided', mine: 1, theirs: 4 });
});

test('without another change it is what is typed, and no count stays none', () => {
  expect(previewMerge(typed('', '9'), clusterOf({ '4c8g': 3, '8c16g': 2 })).counts).toEqual([
    ['4c8g', null],
    ['8c16g', 9],
  ]);
  expect(previewMerge({ base: null, fields: [{ templateId: '4c8g', typed: '2' }] }, null).counts).toEqual([
    ['4c8g', 2],
  ]);
});
