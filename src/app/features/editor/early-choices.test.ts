import { expect, test } from 'vitest';
import { revisionOf } from '../../testing/cluster-fixture.ts';
import { resolveEarly, type EarlyChoice } from './early-choices.ts';

const save = {
  kind: 'save',
  clusterId: 'ci',
  divisible: false,
  base: { revision: revisionOf('1'), replicaSets: { a: 5, b: 5, c: 1 } },
  want: { a: 8, b: 8, c: 1 },
} as const;
const now = { revision: revisionOf('2'), replicaSets: { a: 7, b: 6, c: 4 }, divisible: false };
const choose = (choices: Readonly<Record<string, EarlyChoice>>) => new Map(Object.entries(choices));
const mineA = { side: 'mine', mine: 8, theirs: 7 } as const;
const theirsB = { side: 'theirs', mine: 8, theirs: 6 } as const;

test('all chosen, the save is merged with what there is now, on its revision', () => {
  expect(resolveEarly(save, now, choose({ a: mineA, b: theirsB }))).toEqual({
    kind: 'save',
    save: { ...save, base: { revision: '2', replicaSets: now.replicaSets }, want: { a: 8, b: 6, c: 4 } },
  });
});

test('one not chosen, or chosen between other counts, is left to the answer', () => {
  expect(resolveEarly(save, now, choose({ a: mineA }))).toBeNull();
  expect(resolveEarly(save, now, choose({ a: mineA, b: { ...theirsB, theirs: 4 } }))).toBeNull();
  expect(resolveEarly(save, now, choose({ a: { ...mineA, mine: 9 }, b: theirsB }))).toBeNull();
});

test('theirs for all leaves nothing to send', () => {
  const theirsA = { ...mineA, side: 'theirs' } as const;
  expect(resolveEarly(save, now, choose({ a: theirsA, b: theirsB }))).toEqual({ kind: 'theirs-already' });
});

test('nothing is merged with an older reading, another kind, or none', () => {
  const choices = choose({ a: mineA, b: theirsB });
  expect(resolveEarly(save, { ...now, revision: revisionOf('1') }, choices)).toBeNull();
  expect(resolveEarly(save, { ...now, divisible: true }, choices)).toBeNull();
  expect(resolveEarly(save, null, choices)).toBeNull();
  expect(resolveEarly({ ...save, base: null }, now, choices)).toBeNull();
});
