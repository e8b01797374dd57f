import { zodResolver } from '@hookform/resolvers/zod';
import { expect, test } from 'vitest';
import type { FormValues } from '../../drafts/draft.ts';
import { countProblemOf, formSchema, idProblemsOf } from './form-schema.ts';

const isTaken = (id: string) => id === 'train-llm';

function problems(values: FormValues, isNew = true) {
  const parsed = formSchema({ isNew, isTaken }).safeParse(values);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [path.join('.'), message]);
}

test('says what is wrong where it is wrong', () => {
  const fields = [
    { templateId: '4c8g', typed: '' },
    { templateId: '8c16g', typed: '2' },
    { templateId: 'gpu_a10', typed: '1e5' },
  ];
  expect(problems({ typedId: 'a##b', divisible: false, fields })).toEqual([
    ['typedId', 'job-separator'],
    ['fields.0.typed', 'empty'],
    ['fields.2.typed', 'not-whole'],
  ]);
});

test('an id that is there already is a conflict to be; an edit’s own id is none', () => {
  const values = { typedId: 'train-llm', divisible: true, fields: [] };
  expect(problems(values)).toEqual([['typedId', 'exists']]);
  expect(problems(values, false)).toEqual([]);
});

test('the form library reads its problems as they are', async () => {
  const resolve = zodResolver(formSchema({ isNew: true, isTaken }));
  const values = { typedId: ' {a}##b ', divisible: false, fields: [{ templateId: '4c8g', typed: '2147483648' }] };
  const { errors } = await resolve(values, undefined, { fields: {}, shouldUseNativeValidation: false });
  expect(idProblemsOf(errors.typedId?.message)).toEqual(['job-separator', 'braces']);
  expect(idProblemsOf(undefined)).toEqual([]);
  expect(countProblemOf(errors.fields?.[0]?.typed?.message)).toBe('too-large');
});
