import { describe, expect, test } from 'vitest';
import { denialReason, fleetDenialReason, type Rights } from './change-policy.ts';

const all: Rights = { mayWrite: true, mayNotWriteBecause: null, clusters: null };
const some: Rights = { ...all, clusters: ['team-a', 'team-a-*'] };
const none: Rights = { mayWrite: false, mayNotWriteBecause: 'Read only.', clusters: null };

describe('one cluster', () => {
  test.each([
    [all, 'team-b', null],
    [some, 'team-a', null],
    [some, 'team-a-x##raysubmit_1', null],
    [some, 'team-b', 'You may change only virtual clusters named team-a or team-a-*.'],
    [{ ...all, clusters: [] }, 'team-a', 'You may change only virtual clusters named .'],
    [none, 'team-a', 'Read only.'],
    [{ ...none, mayNotWriteBecause: null }, 'team-a', 'You may not write.'],
  ])('%j %s', (rights, id, why) => {
    expect(denialReason(rights, id)).toBe(why);
  });
});

test('all of them at once', () => {
  expect(fleetDenialReason(all)).toBeNull();
  expect(fleetDenialReason({ ...all, clusters: ['x', '*'] })).toBeNull();
  expect(fleetDenialReason(some)).toMatch(/concerns all/);
  expect(fleetDenialReason(none)).toBe('Read only.');
});
