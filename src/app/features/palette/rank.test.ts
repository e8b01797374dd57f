import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ranked, scoreOf } from './rank.ts';

const labels = (typed: string, ...all: readonly string[]) =>
  ranked(
    typed,
    all.map((label) => ({ label, keywords: '' })),
    () => false,
  ).map(({ thing }) => thing.label);

test('the whole, its start, the start of a word, a part of it, and letters in their order, in this order', () => {
  expect(labels('ci', 'cxi', 'magician', 'train-ci', 'ci-nightly', 'ci', 'serving')).toEqual([
    'ci',
    'ci-nightly',
    'train-ci',
    'magician',
    'cxi',
  ]);
});

test('several words may come in any order, and each must be there', () => {
  const all = ['Edit ci', 'Delete ci', 'Edit serving'];
  expect(labels('edit ci', ...all)).toEqual(['Edit ci']);
  expect(labels('ci ed', ...all)[0]).toBe('Edit ci');
  expect(labels('edit nothing', ...all)).toEqual([]);
});

test('letters that lie far apart are chance and no match', () => {
  expect(labels('tl', 'train-llm')).toEqual([]);
  expect(labels('tllm', 'train-llm')).toEqual(['train-llm']);
  expect(labels('ev', 'a', 'serving')).toEqual(['serving']);
});

test('other words find it too, after those that are called so', () => {
  const found = ranked(
    'gpu',
    [
      { label: 'ci', keywords: 'gpu_a10' },
      { label: 'the gpu', keywords: '' },
    ],
    () => false,
  );
  expect(found.map(({ thing }) => thing.label)).toEqual(['the gpu', 'ci']);
});

test('of equal ones, what was used lately comes first, then the shorter', () => {
  const all = ['team-abc', 'team-a', 'team-b'].map((label) => ({ label, keywords: '' }));
  expect(ranked('team', all, ({ label }) => label === 'team-b').map(({ thing }) => thing.label)).toEqual([
    'team-b',
    'team-a',
    'team-abc',
  ]);
});

test('a label is found by itself, by any start of it, and whatever the case', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9_-]{0,20}$/), fc.nat(20), (label, cut) => {
      const start = label.slice(0, Math.max(1, cut));
      const whole = scoreOf(label.toUpperCase(), { label, keywords: '' });
      expect(whole).toBe(100);
      expect(scoreOf(start, { label, keywords: '' })).toBeGreaterThanOrEqual(80);
    }),
    { seed: 11 },
  );
});
