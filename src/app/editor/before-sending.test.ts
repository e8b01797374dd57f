import { expect, test } from 'vitest';
import { unknown } from '../../domain/fact.ts';
import { beforeSending } from './before-sending.ts';
import { clusterOf, poolOf, usedByJobs } from './cluster-fixture.ts';
import { editDraft, saveOf } from './draft.ts';

const pool = poolOf({ '4c8g': 5 });
const cluster = clusterOf({ '4c8g': 3 });
const save = (count: number) => {
  const asked = saveOf({ ...editDraft(cluster, 0), fields: [{ templateId: '4c8g', typed: String(count) }] });
  if (asked === null) throw new Error('it is a count');
  return asked;
};

test('a save that gives nothing back goes out', () => {
  expect(beforeSending(save(4), { cluster: { ...cluster, usedBy: usedByJobs('raysubmit_a') }, pool })).toEqual({ kind: 'send' });
});

test('a shrink under running jobs is asked about, and names them', () => {
  expect(beforeSending(save(2), { cluster: { ...cluster, usedBy: usedByJobs('raysubmit_a', 'raysubmit_b') }, pool })).toMatchObject({
    kind: 'ask-jobs',
    jobs: { known: true, value: [{ submissionId: 'raysubmit_a' }, { submissionId: 'raysubmit_b' }] },
  });
});

test('a shrink while nobody knows who uses it is asked about, too', () => {
  expect(beforeSending(save(2), { cluster: { ...cluster, usedBy: unknown('failed', 'actors') }, pool })).toMatchObject({
    kind: 'ask-jobs',
    jobs: { known: false, reason: 'failed' },
  });
});

test('an edit of a cluster that is gone would create it: asked', () => {
  expect(beforeSending(save(4), { cluster: null, pool })).toEqual({ kind: 'ask-recreate' });
});

test('a creation takes nothing from anybody, whatever the page thinks is there', () => {
  const creation = { ...save(1), base: null };
  expect(beforeSending(creation, { cluster: { ...cluster, usedBy: usedByJobs('raysubmit_a') }, pool })).toEqual({ kind: 'send' });
});

test("growth by the head node's own template is asked about, alone or beside the jobs at risk", () => {
  const withHead = poolOf({ '4c8g': 5, head: 1 });
  const grown = { ...save(4), want: { '4c8g': 4, head: 1 } };
  expect(beforeSending(grown, { cluster, pool: withHead })).toEqual({ kind: 'ask-head' });
  expect(beforeSending({ ...grown, base: null }, { cluster: null, pool: withHead })).toEqual({ kind: 'ask-head' });
  const both = { ...grown, want: { '4c8g': 2, head: 1 } };
  const used = { ...cluster, usedBy: usedByJobs('raysubmit_a') };
  expect(beforeSending(both, { cluster: used, pool: withHead })).toMatchObject({ kind: 'ask-jobs', takesHead: true });
});
