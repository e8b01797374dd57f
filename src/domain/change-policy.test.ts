import { describe, expect, test } from 'vitest';
import type { ChangeRequest } from './change.ts';
import {
  changeDenial,
  clusterDenial,
  fleetDenial,
  idDenial,
  mayStop,
  scriptRemovalDenial,
  scriptSaveDenial,
  sizeDenial,
  type Rights,
} from './change-policy.ts';
import { describeDenial, type Denial } from './denial.ts';
import { MAX_TEMPLATE_CHARACTERS, MAX_TEMPLATES, replicaSetsOf } from './replica-sets.ts';
import { NO_REVISION } from './revision.ts';

const reasonOf = (denial: Denial | null) => (denial === null ? null : describeDenial(denial));
const denialReason = (rights: Rights, clusterId: string) => reasonOf(clusterDenial(rights, clusterId));
const fleetDenialReason = (rights: Rights) => reasonOf(fleetDenial(rights));

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

describe('job clusters of the primary cluster belong to nobody but operators of all', () => {
  test.each(['k*', 'kPrimaryClusterID', '*ID', 'kPrimaryClusterID*'])('%s', (pattern) => {
    expect(denialReason({ ...all, clusters: [pattern] }, 'kPrimaryClusterID##raysubmit_1')).not.toBeNull();
    expect(denialReason({ ...all, clusters: [pattern] }, 'kPrimaryClusterID')).not.toBeNull();
  });
  test('an operator of all may release them', () => {
    expect(denialReason(all, 'kPrimaryClusterID##raysubmit_1')).toBeNull();
    expect(denialReason({ ...all, clusters: ['x', '*'] }, 'kPrimaryClusterID##raysubmit_1')).toBeNull();
  });
});

describe('stopping a job', () => {
  const stop = (submissionId: string): ChangeRequest => ({ kind: 'stop-job', clusterId: 'team-a', submissionId });
  const sighted = (sighting: 'seen' | 'doubtful' | 'unseen') => () => sighting;

  test('an operator of some clusters may stop what is seen there without a doubt', () => {
    expect(changeDenial(some, stop('raysubmit_1'), sighted('seen'))).toBeNull();
    expect(changeDenial(some, stop('raysubmit_1'), sighted('unseen'))).toMatchObject({ kind: 'other-job' });
    expect(changeDenial(some, stop('raysubmit_1'), sighted('doubtful'))).toMatchObject({ kind: 'doubtful-job' });
  });
  test.each([all, { ...all, clusters: ['*'] }])('an operator of all may stop any', (rights) => {
    expect(changeDenial(rights, stop('raysubmit_1'), sighted('doubtful'))).toBeNull();
    expect(changeDenial(rights, stop('raysubmit_1'), sighted('unseen'))).toBeNull();
  });
  test.each(['02000000', 'ffffffff', '0a1b2c3d'])('%s is the number of a driver for Ray, so nobody may', (id) => {
    expect(idDenial(stop(id), false)).toMatchObject({ kind: 'driver-id' });
    expect(mayStop(id)).toBe(false);
  });
  test.each(['x/../victim', 'victim/stop?', 'a#b', 'a b', '%76ictim', ''])(
    '%j could name another job, so nobody may',
    (id) => {
      expect(idDenial(stop(id), false)).toMatchObject({ kind: 'bad-submission-id' });
      expect(mayStop(id)).toBe(false);
    },
  );
  test.each(['raysubmit_02000000', '0200000', '020000000', '0200000G', '0200000A', 'nightly-etl.2'])(
    '%s is a job',
    (id) => {
      expect(idDenial(stop(id), false)).toBeNull();
      expect(mayStop(id)).toBe(true);
    },
  );
});

describe('releasing a job cluster', () => {
  const release = (clusterId: string): ChangeRequest => ({ kind: 'release', clusterId });

  test.each(['team-a##raysubmit_1', 'team-a##x##raysubmit_1', 'a/b##my job (2)', 'kPrimaryClusterID##x'])(
    '%s',
    (id) => {
      expect(idDenial(release(id), false)).toBeNull();
      expect(scriptRemovalDenial(id, false)).toBeNull();
    },
  );
  test.each([
    'team-a',
    '##x',
    'team-a##',
    'team-a##a/b',
    'team-a##a?b',
    'team-a##a\\b',
    'team-a##%61',
    'team-a##a\u202eb',
  ])('%j is refused', (id) => {
    expect(idDenial(release(id), false)).toMatchObject({ kind: 'no-job-cluster' });
  });
  test('what the list has is a virtual cluster of that name, which Ray must never be asked to remove (fact 12)', () => {
    expect(idDenial(release('team-a##raysubmit_1'), true)).toMatchObject({ kind: 'listed-cluster' });
    expect(scriptRemovalDenial('team-a##raysubmit_1', true)).toMatchObject({ kind: 'listed-cluster' });
    expect(scriptRemovalDenial('team-a', true)).toBeNull();
  });
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

describe('an id that no DELETE reaches', () => {
  const base = { revision: NO_REVISION, replicaSets: {}, divisible: false };
  const words = (denial: ReturnType<typeof idDenial>) => (denial === null ? null : describeDenial(denial));

  test('is denied as a new one', () => {
    for (const clusterId of ['..', '{x}']) {
      expect(idDenial({ kind: 'save', clusterId, divisible: false, base: null, want: {} }, true)?.kind).toBe(
        'bad-new-id',
      );
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
    expect(words(idDenial({ kind: 'delete', clusterId, base }, true))).toMatch(remedy);
    expect(words(idDenial({ kind: 'delete-when-idle', clusterId, base }, true))).toMatch(remedy);
    expect(words(scriptRemovalDenial(clusterId, true))).toMatch(remedy);
    expect(idDenial({ kind: 'save', clusterId, divisible: false, base, want: {} }, true)).toBeNull();
  });

  test('nor is a job cluster of it released', () => {
    expect(words(idDenial({ kind: 'release', clusterId: '{x}##raysubmit_1' }, false))).toMatch(
      /stays until Ray is restarted/,
    );
    expect(idDenial({ kind: 'release', clusterId: '..##raysubmit_1' }, false)).toBeNull();
  });
});
