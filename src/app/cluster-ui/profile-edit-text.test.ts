import { expect, test } from 'vitest';
import { EMPTY_PROFILE } from '../../domain/cluster-profile.ts';
import { profileEditText } from './profile-edit-text.ts';

test('an edit says what became what, the first one of a virtual cluster only what it set', () => {
  const first = { ...EMPTY_PROFILE, owner: 'Wei', labels: ['gpu'] };
  expect(profileEditText({ before: EMPTY_PROFILE, after: first })).toBe('Owner: Wei, Labels: gpu');
  expect(profileEditText({ before: first, after: { ...first, owner: 'Noor', purpose: 'Training' } })).toBe(
    'Owner: Wei → Noor, Purpose: empty → Training',
  );
  expect(profileEditText({ before: first, after: EMPTY_PROFILE })).toBe('Owner: Wei → empty, Labels: gpu → empty');
});
