import { expect, test } from 'vitest';
import { known } from '../../../domain/sourced.ts';
import { MAX_VISIBLE_TEMPLATES, urgentFirst, visibleTemplatesOf } from './visible-templates.ts';
import { templateNodes } from '../../../testing/harness/template-nodes.ts';

const templates = (count: number, deadAt: readonly number[] = []) =>
  Array.from({ length: count }, (_, index) =>
    templateNodes(`t${String(index)}`, 1, { dead: known(deadAt.includes(index) ? 1 : 0, 'liveness') }),
  );
const names = (list: readonly { readonly templateId: string }[]) => list.map(({ templateId }) => templateId).join(' ');

test('up to ten are all shown', () => {
  const ten = templates(MAX_VISIBLE_TEMPLATES);
  expect(visibleTemplatesOf(ten)).toEqual({ shown: ten, more: [] });
});

test('the rest is counted', () => {
  const { shown, more } = visibleTemplatesOf(templates(13));
  expect(names(shown)).toBe('t0 t1 t2 t3 t4 t5 t6 t7 t8 t9');
  expect(names(more)).toBe('t10 t11 t12');
});

test('one with dead nodes is never only counted while others are shown', () => {
  const { shown, more } = visibleTemplatesOf(templates(13, [11]));
  expect(names(shown)).toBe('t0 t1 t2 t3 t4 t5 t6 t7 t8 t11');
  expect(names(more)).toBe('t9 t10 t12');
});

test('where not all fit, those with dead nodes come first', () => {
  expect(names(urgentFirst(templates(4, [2])))).toBe('t2 t0 t1 t3');
});
