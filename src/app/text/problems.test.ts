import { expect, test } from 'vitest';
import { problemCodes } from '../../contract/problem.ts';
import { problems as english } from './en/problems.ts';
import { problems as chinese } from './zh/problems.ts';

test('a refusal is said by its code, and why something may not be changed with what it names', () => {
  const denial = { kind: 'other-cluster', clusters: ['team-a-*', 'ci'] };
  const refused = { problem: 'read-only', detail: 'You may change only …', denial };
  expect(english.said(refused)).toBe('You may change only …');
  expect(chinese.said(refused)).toBe('只能更改名称符合 team-a-* 或 ci 的虚拟集群。');
  expect(chinese.said({ problem: 'stale', detail: '' })).toContain('有人修改了这个计划');
  expect(problemCodes.filter((code) => !/\p{Script=Han}/u.test(chinese.said({ problem: code, detail: '' })))).toEqual(
    [],
  );
});

test('what a newer console says, this page shows as it was said', () => {
  const detail = 'Something new.';
  for (const problem of ['brand-new', 'toString'])
    expect([
      chinese.said({ problem, detail }),
      chinese.said({ problem, detail, denial: { kind: 'brand-new' } }),
    ]).toEqual([detail, detail]);
});

test('why nothing may be changed is said by its code, else as the console says it', () => {
  expect(chinese.denial({ kind: 'read-only', because: 'Read only.', reason: 'viewer' })).toContain('查看者');
  expect(chinese.denial({ kind: 'read-only', because: 'Read only.', reason: null })).toBe('Read only.');
});
