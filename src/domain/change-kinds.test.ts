import { describe, expect, test } from 'vitest';
import { editBaseOf, expectedStateOf, firstRevisionOf, queueKey, traitsOf } from './change-kinds.ts';
import type { ChangeKind, ChangeRequest } from './change.ts';
import { NO_REVISION, parseRevision } from './revision.ts';

const revision = parseRevision('1795469080484243902') ?? NO_REVISION;
const base = { revision, replicaSets: { '4c8g': 1 } };
const edit: ChangeRequest = { kind: 'save', clusterId: 'team', divisible: true, base, want: { '4c8g': 2 } };
const creation: ChangeRequest = { ...edit, base: null };
const others: Record<Exclude<ChangeKind, 'save'>, ChangeRequest> = {
  delete: { kind: 'delete', clusterId: 'team', base: { ...base, divisible: true } },
  'delete-when-idle': { kind: 'delete-when-idle', clusterId: 'team', base: { ...base, divisible: true } },
  release: { kind: 'release', clusterId: 'team##raysubmit_1' },
  'stop-job': { kind: 'stop-job', clusterId: 'team', submissionId: 'raysubmit_1' },
};
const requests = [edit, creation, ...Object.values(others)];

test.each(requests)('a $kind waits for the other changes of its cluster', (request) => {
  expect(queueKey(request)).toBe('team');
});

test('a save goes out on the revision of its base, a creation on none, and nothing else has one', () => {
  expect(firstRevisionOf(edit)).toBe(revision);
  expect(firstRevisionOf(creation)).toBe(NO_REVISION);
  for (const request of Object.values(others)) expect(firstRevisionOf(request)).toBeNull();
});

test('only an edit starts from something', () => {
  expect(requests.map(editBaseOf)).toEqual([base, null, null, null, null, null]);
});

describe('once it is done', () => {
  test('a save shows the replica sets that were requested, and an edit a newer revision', () => {
    const expected = { kind: 'cluster', divisible: true, replicaSets: { '4c8g': 2 } };
    expect(expectedStateOf(edit)).toEqual({ ...expected, newerThan: revision });
    expect(expectedStateOf(creation)).toEqual({ ...expected, newerThan: null });
  });

  test.each([others.delete, others['delete-when-idle'], others.release])(
    'the cluster of a $kind is gone',
    (request) => {
      expect(expectedStateOf(request)).toEqual({ kind: 'gone' });
    },
  );

  test('a job is stopped', () => {
    expect(expectedStateOf(others['stop-job'])).toEqual({ kind: 'job-stopped', submissionId: 'raysubmit_1' });
  });
});

test('each kind is looked for where Ray shows it', () => {
  const sources = Object.values(others).map((request) => [request.kind, traitsOf(request).evidenceSource]);
  expect(Object.fromEntries([['save', traitsOf(edit).evidenceSource], ...sources])).toEqual({
    save: 'list',
    delete: 'list',
    'delete-when-idle': 'list',
    release: 'state',
    'stop-job': 'jobs',
  });
});

test('only a kind that goes out on a revision is ever sent again silently', () => {
  for (const request of requests) {
    const { retriesSilently, hasRevision } = traitsOf(request);
    expect(retriesSilently && !hasRevision).toBe(false);
  }
});
