import { describe, expect, test } from 'vitest';
import { denialReason, describeDenial, fleetDenialReason, sizeDenial, type Rights } from './change-policy.ts';
import { MAX_TEMPLATE_CHARACTERS, MAX_TEMPLATES, replicaSetsOf } from './replica-sets.ts';
import { NO_REVISION } from './revision.ts';

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

describe('how much one change may name', () => {
  const many = (count: number, length = 4) =>
    replicaSetsOf(Array.from({ length: count }, (_, n) => [String(n).padStart(length, 't'), 1] as const));
  const snapshot = (count: number) => ({ revision: NO_REVISION, replicaSets: many(count), divisible: false });
  const save = { kind: 'save', clusterId: 'vc', divisible: false, base: null } as const;

  test('as many templates as any fleet has', () => {
    expect(sizeDenial({ ...save, want: many(MAX_TEMPLATES, MAX_TEMPLATE_CHARACTERS / MAX_TEMPLATES) })).toBeNull();
    expect(sizeDenial({ kind: 'delete', clusterId: 'vc', base: snapshot(MAX_TEMPLATES) })).toBeNull();
    expect(sizeDenial({ kind: 'release', clusterId: 'vc##raysubmit_1' })).toBeNull();
  });

  test.each([
    ['wanted', { ...save, want: many(MAX_TEMPLATES + 1) }],
    ['in the base of a save', { ...save, base: snapshot(MAX_TEMPLATES + 1), want: {} }],
    ['in the base of a deletion', { kind: 'delete', clusterId: 'vc', base: snapshot(MAX_TEMPLATES + 1) }],
    ['in that of a waiting one', { kind: 'delete-when-idle', clusterId: 'vc', base: snapshot(MAX_TEMPLATES + 1) }],
  ] as const)('no more than that %s', (_where, request) => {
    expect(sizeDenial(request)).toEqual({ kind: 'too-many-templates', count: MAX_TEMPLATES + 1 });
  });

  test('nor names that are long in all, and it is said in words', () => {
    const denial = sizeDenial({ ...save, want: many(2, MAX_TEMPLATE_CHARACTERS / 2 + 1) });
    expect(denial).toEqual({ kind: 'templates-too-long', characters: MAX_TEMPLATE_CHARACTERS + 2 });
    expect(denial === null ? '' : describeDenial(denial)).toMatch(/16,386 characters.*at most 16,384\.$/);
  });
});
