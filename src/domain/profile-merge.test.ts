import { expect, test } from 'vitest';
import { EMPTY_PROFILE } from './cluster-profile.ts';
import { mergedProfile, profileMergeRows } from './profile-merge.ts';

const base = { ...EMPTY_PROFILE, owner: 'Wei', purpose: 'ETL' };

test('fields that only one side changed are kept from that side', () => {
  const mine = { ...base, owner: 'Ada' };
  const theirs = { ...base, labels: ['gpu'] };
  expect(mergedProfile(base, mine, theirs, new Map())).toEqual({ ...base, owner: 'Ada', labels: ['gpu'] });
  expect(profileMergeRows(base, mine, theirs).map(({ field, decided }) => [field, decided])).toEqual([
    ['owner', 'mine'],
    ['labels', 'theirs'],
  ]);
});

test('a field that both changed differently waits for a choice', () => {
  const mine = { ...base, owner: 'Ada' };
  const theirs = { ...base, owner: 'Noor' };
  expect(mergedProfile(base, mine, theirs, new Map())).toBeNull();
  expect(mergedProfile(base, mine, theirs, new Map([['owner', 'mine']]))).toEqual(mine);
  expect(mergedProfile(base, mine, theirs, new Map([['owner', 'theirs']]))).toEqual(theirs);
});

test('the same change of both is no difference', () => {
  const both = { ...base, owner: 'Ada' };
  expect(profileMergeRows(base, both, both)).toEqual([]);
  expect(mergedProfile(base, both, both, new Map())).toEqual(both);
});
