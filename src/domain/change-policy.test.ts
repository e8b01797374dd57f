import { describe, expect, test } from 'vitest';
import {
  denialReason,
  describeDenial,
  fleetDenialReason,
  idDenial,
  scriptRemovalDenial,
  scriptSaveDenial,
  type Rights,
} from './change-policy.ts';
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

describe('an id that no DELETE reaches', () => {
  const base = { revision: NO_REVISION, replicaSets: {}, divisible: false };
  const words = (denial: ReturnType<typeof idDenial>) => (denial === null ? null : describeDenial(denial));

  test('is denied as a new one', () => {
    for (const clusterId of ['..', '{x}']) {
      expect(idDenial({ kind: 'save', clusterId, divisible: false, base: null, want: {} })?.kind).toBe('bad-new-id');
    }
    for (const id of ['..', '{x}', 'ü'.repeat(1_334)]) {
      expect(words(scriptSaveDenial(id, false))).toMatch(/could never be removed/);
      expect(scriptSaveDenial(id, true)).toBeNull();
    }
  });

  test.each([
    ['..', /curl --path-as-is -X DELETE <address of Ray>\/virtual_clusters\/\.\.$/],
    ['{x}', /stays until Ray is restarted; give its nodes back/],
    ['x'.repeat(8_001), /stays until Ray is restarted/],
  ])('of one that is there it is said what can be done: %.5s', (clusterId, remedy) => {
    expect(words(idDenial({ kind: 'delete', clusterId, base }))).toMatch(remedy);
    expect(words(idDenial({ kind: 'delete-when-idle', clusterId, base }))).toMatch(remedy);
    expect(words(scriptRemovalDenial(clusterId))).toMatch(remedy);
    expect(idDenial({ kind: 'save', clusterId, divisible: false, base, want: {} })).toBeNull();
  });

  test('nor is a job cluster of it released', () => {
    expect(words(idDenial({ kind: 'release', clusterId: '{x}##raysubmit_1' }))).toMatch(/stays until Ray is restarted/);
    expect(idDenial({ kind: 'release', clusterId: '..##raysubmit_1' })).toBeNull();
  });
});
