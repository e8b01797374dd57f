import { expect, test } from 'vitest';
import { unknown } from '../../../domain/sourced.ts';
import { checkBeforeSend, mayKillJobs } from './pre-send-check.ts';
import { clusterOf, poolOf, revisionOf, usedByJobs } from '../../testing/cluster-fixture.ts';
import { editDraft, saveRequestOf } from '../../drafts/draft.ts';

const pool = poolOf({ '4c8g': 5 });
const cluster = clusterOf({ '4c8g': 3 });
const save = (count: number) => {
  const request = saveRequestOf({ ...editDraft(cluster, 0), fields: [{ templateId: '4c8g', typed: String(count) }] });
  if (request === null) throw new Error('it is a count');
  return request;
};

test('a save that gives nothing back goes out', () => {
  expect(
    checkBeforeSend(save(4), { cluster: { ...cluster, usedBy: usedByJobs('raysubmit_a') }, pool, looked: true }),
  ).toEqual({ kind: 'send' });
});

test('a shrink under running jobs is asked about, and names them', () => {
  expect(
    checkBeforeSend(save(2), {
      cluster: { ...cluster, usedBy: usedByJobs('raysubmit_a', 'raysubmit_b') },
      pool,
      looked: true,
    }),
  ).toMatchObject({
    kind: 'ask-jobs',
    jobs: { known: true, value: [{ submissionId: 'raysubmit_a' }, { submissionId: 'raysubmit_b' }] },
  });
});

test('a shrink while nobody knows who uses it is asked about, too', () => {
  expect(
    checkBeforeSend(save(2), { cluster: { ...cluster, usedBy: unknown('failed', 'actors') }, pool, looked: true }),
  ).toMatchObject({
    kind: 'ask-jobs',
    jobs: { known: false, reason: 'failed' },
  });
});

test('an edit of a cluster that is gone would create it: asked', () => {
  expect(checkBeforeSend(save(4), { cluster: null, pool, looked: true })).toEqual({ kind: 'ask-recreate' });
});

test('a creation takes nothing from anybody, whatever the page thinks is there', () => {
  const creation = { ...save(1), base: null };
  expect(
    checkBeforeSend(creation, { cluster: { ...cluster, usedBy: usedByJobs('raysubmit_a') }, pool, looked: true }),
  ).toEqual({ kind: 'send' });
});

test("growth by the head node's own template is asked about, alone or beside the jobs at risk", () => {
  const withHead = poolOf({ '4c8g': 5, head: 1 });
  const grown = { ...save(4), want: { '4c8g': 4, head: 1 } };
  expect(checkBeforeSend(grown, { cluster, pool: withHead, looked: true })).toEqual({ kind: 'ask-head' });
  expect(checkBeforeSend({ ...grown, base: null }, { cluster: null, pool: withHead, looked: true })).toEqual({
    kind: 'ask-head',
  });
  const both = { ...grown, want: { '4c8g': 2, head: 1 } };
  const used = { ...cluster, usedBy: usedByJobs('raysubmit_a') };
  expect(checkBeforeSend(both, { cluster: used, pool: withHead, looked: true })).toMatchObject({
    kind: 'ask-jobs',
    takesHead: true,
  });
});

test('a shrink is looked at before it goes out, and no other save is', () => {
  expect(mayKillJobs(save(2), cluster)).toBe(true);
  // Someone gave it more meanwhile: the save is one less than it has, and Ray's to refuse.
  expect(mayKillJobs(save(4), clusterOf({ '4c8g': 5 }))).toBe(true);
  expect(mayKillJobs(save(4), cluster)).toBe(false);
  expect(mayKillJobs({ ...save(2), base: null }, cluster)).toBe(false);
  expect(mayKillJobs({ ...save(2), divisible: true }, { ...cluster, divisible: true })).toBe(false);
});

test('a shrink whose jobs could not be looked at is asked about, although the page shows none', () => {
  expect(checkBeforeSend(save(2), { cluster, pool, looked: false })).toEqual({
    kind: 'ask-jobs',
    jobs: 'not-looked',
    takesHead: false,
  });
});

test('a merge on a newer base than the page was told of shrinks what that base has', () => {
  const base = { revision: revisionOf('1795469080484243950'), replicaSets: { '4c8g': 9 } };
  const used = { ...cluster, usedBy: usedByJobs('raysubmit_a') };
  expect(checkBeforeSend({ ...save(5), base }, { cluster: used, pool, looked: true })).toMatchObject({
    kind: 'ask-jobs',
  });
});

test('a new one without any node is asked about; one that has a node, or gives its last one back, is not', () => {
  const created = { ...save(0), base: null };
  expect(checkBeforeSend({ ...created, want: {} }, { cluster: null, pool, looked: true })).toEqual({
    kind: 'ask-empty',
  });
  expect(checkBeforeSend(created, { cluster: null, pool, looked: true })).toEqual({ kind: 'ask-empty' });
  expect(checkBeforeSend({ ...save(1), base: null }, { cluster: null, pool, looked: true })).toEqual({ kind: 'send' });
  expect(checkBeforeSend(save(0), { cluster, pool, looked: true })).toEqual({ kind: 'send' });
});
