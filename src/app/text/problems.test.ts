import { expect, test } from 'vitest';
import { rightsInRay } from '../../domain/ray-scope.ts';
import { problemCodes } from '../../contract/problem.ts';
import { problems as english } from './en/problems.ts';
import { raysText as englishRays } from './en/rays.ts';
import { problems as chinese } from './zh/problems.ts';
import { raysText as chineseRays } from './zh/rays.ts';

test('a refusal is said by its code, and why something may not be changed with what it names', () => {
  const denial = { kind: 'other-cluster', clusters: ['team-a-*', 'ci'] };
  const refused = { problem: 'read-only', detail: 'You may change only …', denial };
  expect(english.message(refused)).toBe('You may change only …');
  expect(chinese.message(refused)).toBe('只能更改名称符合 team-a-* 或 ci 的虚拟集群。');
  expect(chinese.message({ problem: 'stale', detail: '' })).toContain('有人修改了这个计划');
  expect(
    problemCodes.filter((code) => !/\p{Script=Han}/u.test(chinese.message({ problem: code, detail: '' }))),
  ).toEqual([]);
});

test('what a newer console says, this page shows as it was said', () => {
  const detail = 'Something new.';
  for (const problem of ['brand-new', 'toString'])
    expect([
      chinese.message({ problem, detail }),
      chinese.message({ problem, detail, denial: { kind: 'brand-new' } }),
    ]).toEqual([detail, detail]);
});

test('why nothing may be changed is said by its code, else as the console says it', () => {
  expect(chinese.denial({ kind: 'read-only', because: 'Read only.', reason: 'viewer' })).toContain('查看者');
  expect(chinese.denial({ kind: 'read-only', because: 'Read only.', reason: null })).toBe('Read only.');
});

test('what may not be planned names the virtual cluster that it is about; who may change other Rays is told so', () => {
  const denial = { kind: 'bad-new-id', problem: 'braces' };
  expect(chinese.message({ problem: 'bad-plan', detail: '', denial, clusterId: 'a{b' })).toBe(
    'a{b：不能用作新虚拟集群的 ID：含有花括号。',
  );
  const { mayNotWriteBecause: because, mayNotWriteReason: reason = null } = rightsInRay(
    { mayWrite: true, mayNotWriteBecause: null, clusters: ['prod:*'] },
    'lab',
  );
  expect(chinese.denial({ kind: 'read-only', because, reason })).toContain('其他 Ray');
});

test('why a Ray could not start is said by its code, else as the console says it', () => {
  const because = 'Another console has the journal open.';
  expect(chineseRays.notOpened(because, { code: 'journal-in-use', at: '/d/j.sqlite' })).toMatch(
    /变更日志 \/d\/j\.sqlite/,
  );
  expect([chineseRays.notOpened(because, null), englishRays.notOpened(because, null)]).toEqual([because, because]);
});

test('a person who is signed out is told how to sign in in the browser, not of what programs send', () => {
  const detail = 'Sign in first: open a sign-in link, or send a token in the header Authorization: Bearer.';
  for (const problem of ['sign-in-needed', 'proxy-sign-in-needed'])
    for (const { message } of [english, chinese]) {
      expect(message({ problem, detail })).not.toContain('header');
      expect(message({ problem, detail })).toMatch(/kept|保留/);
    }
});
