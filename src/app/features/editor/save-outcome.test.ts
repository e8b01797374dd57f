import { describe, expect, test } from 'vitest';
import type { Change } from '../../../contract/change.ts';
import type { Result } from '../../../domain/result.ts';
import type { Submission } from '../../changes/submission.ts';
import { clusterOf, revisionOf } from '../../testing/cluster-fixture.ts';
import { editDraft, saveRequestOf } from '../../drafts/draft.ts';
import { saveOutcomeOf } from './save-outcome.ts';

const sent = saveRequestOf(editDraft(clusterOf({ '4c8g': 12 }), 0));
if (sent === null) throw new Error('it is a count');
const latest = revisionOf('1795469080484243950');

function answered(result: Result | null): Submission {
  if (sent === null) throw new Error('unreachable');
  const change: Change = {
    id: 'c1',
    wanted: sent,
    who: 'me',
    address: '127.0.0.1',
    via: 'local',
    by: 'page',
    askedAt: 0,
    settledAt: null,
    attempts: 1,
    before: null,
    result,
    moved: null,
  };
  return { phase: 'answered', id: 'c1', wanted: sent, change };
}

describe('an outcome that nobody knows is never shown as failed', () => {
  test.each<[string, Submission]>([
    ['the console did not answer', { phase: 'unanswered', id: 'c1', wanted: sent, detail: 'No answer.' }],
    ['it is still queued or being sent', answered(null)],
    ['Ray did not answer', answered({ kind: 'unknown', cause: 'timed-out', lookedAt: null })],
  ])('%s', (_case, submission) => {
    expect(saveOutcomeOf(submission, null).kind).toBe('not-known');
  });
});

test.each<[string, Result]>([
  ['refused', { kind: 'invalid', message: 'replicas(-1) must >= 0' }],
  ['refused', { kind: 'blocked' }],
  ['refused', { kind: 'unreachable' }],
  ['refused', { kind: 'not-applied', evidence: 'later-write-on-same-base' }],
  ['other-kind', { kind: 'mismatch', divisible: true }],
  ['deleted', { kind: 'conflict', latest, theirs: null }],
  ['applied', { kind: 'applied', revision: latest, seen: 'reply', retries: 0 }],
])('%s: %j', (kind, result) => {
  expect(saveOutcomeOf(answered(result), null).kind).toBe(kind);
});

describe('a conflict', () => {
  const theirs = { revision: latest, divisible: false, replicaSets: { '4c8g': 16 } };

  test('is merged with what Ray had', () => {
    expect(saveOutcomeOf(answered({ kind: 'conflict', latest, theirs }), null)).toEqual({
      kind: 'conflict',
      sent,
      theirs,
    });
  });

  test('with the other kind can’t be merged', () => {
    expect(saveOutcomeOf(answered({ kind: 'conflict', latest, theirs: { ...theirs, divisible: true } }), null)).toEqual(
      {
        kind: 'other-kind',
        divisible: true,
      },
    );
  });

  test('whose other side could not be read waits for a reading that is new enough', () => {
    const unread = answered({ kind: 'conflict', latest, theirs: 'unread' });
    expect(saveOutcomeOf(unread, null)).toEqual({ kind: 'conflict-unread' });
    expect(saveOutcomeOf(unread, clusterOf({ '4c8g': 12 }, { revision: '1795469080484243902' }))).toEqual({
      kind: 'conflict-unread',
    });
    expect(saveOutcomeOf(unread, clusterOf({ '4c8g': 16 }, { revision: latest }))).toEqual({
      kind: 'conflict',
      sent,
      theirs,
    });
  });
});

test('before and during the sending nothing is claimed', () => {
  expect(saveOutcomeOf({ phase: 'idle' }, null)).toEqual({ kind: 'none' });
  expect(saveOutcomeOf({ phase: 'sending', id: 'c1', wanted: sent }, null)).toEqual({ kind: 'sending' });
  expect(saveOutcomeOf({ phase: 'refused', id: 'c1', wanted: sent, detail: 'No.' }, null)).toEqual({
    kind: 'console-refused',
    detail: 'No.',
  });
  expect(saveOutcomeOf({ phase: 'never-arrived', id: 'c1', wanted: sent }, null)).toEqual({ kind: 'never-arrived' });
});
