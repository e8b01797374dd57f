import { expect, test } from 'vitest';
import { unknown } from '../../domain/sourced.ts';
import { poolOf } from '../testing/cluster-fixture.ts';
import { saveRequestOf } from './draft.ts';
import { firstDraft, firstSuggestion } from './first-draft.ts';

test('a first virtual cluster gets two nodes of the template with most free ones, never the head node', () => {
  expect(firstSuggestion(poolOf({ head: 9, '4c8g': 3, '8c16g': 5 }))).toEqual({ templateId: '8c16g', count: 2 });
  expect(firstSuggestion(poolOf({ head: 1, '4c8g': 1 }))).toEqual({ templateId: '4c8g', count: 1 });
});

test('nothing is suggested while no node is free, or while it is not known how many are', () => {
  expect(firstSuggestion(poolOf({ head: 1, '4c8g': 0 }))).toBeNull();
  const [template] = poolOf({ '4c8g': 3 }).templates;
  if (template === undefined) throw new Error('no template');
  const unread = { ...template, free: unknown('unreachable', 'state') };
  expect(firstSuggestion({ ...poolOf({}), templates: [unread] })).toBeNull();
});

test('the form then asks for that and nothing else', () => {
  const pool = poolOf({ head: 1, '4c8g': 3, '8c16g': 5 });
  const draft = firstDraft(pool, { templateId: '8c16g', count: 2 });
  expect(saveRequestOf({ ...draft, typedId: 'mine' })?.want).toEqual({ '8c16g': 2 });
});
