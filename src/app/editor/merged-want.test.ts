import { expect, test } from 'vitest';
import { previewSave } from '../../domain/preview.ts';
import { clusterOf, poolOf, usedByJobs } from './cluster-fixture.ts';
import { editDraft } from './draft.ts';
import { mergedWant } from './merged-want.ts';

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
  const { want, notes } = mergedWant(typed('3', '5'), now);
  expect([...want]).toEqual([
    ['4c8g', 4],
    ['8c16g', 5],
    ['gpu_a10', 1],
  ]);
  expect(notes.get('4c8g')).toEqual({ kind: 'keeps-theirs', count: 4 });
  expect(notes.has('8c16g')).toBe(false);
  const preview = previewSave({ cluster: now, want, pool: poolOf({}), others: [] });
  expect(preview.rows.map(({ goesBack }) => goesBack)).toEqual([0, 0, 0]);
  expect(preview.jobsAtRisk).toMatchObject({ value: [] });
});

test('what both moved is undecided, and stays as it is until it is decided', () => {
  const { want, notes } = mergedWant(typed('1', '2'), clusterOf({ '4c8g': 4, '8c16g': 2 }));
  expect(want[0]).toEqual(['4c8g', 4]);
  expect(notes.get('4c8g')).toEqual({ kind: 'undecided', mine: 1, theirs: 4 });
});

test('without another change it is what is typed, and no count stays none', () => {
  expect(mergedWant(typed('', '9'), clusterOf({ '4c8g': 3, '8c16g': 2 })).want).toEqual([
    ['4c8g', null],
    ['8c16g', 9],
  ]);
  expect(mergedWant({ base: null, fields: [{ templateId: '4c8g', typed: '2' }] }, null).want).toEqual([['4c8g', 2]]);
});
