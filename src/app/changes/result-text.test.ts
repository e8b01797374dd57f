import { describe, expect, it } from 'vitest';
import { unknownCauses } from '../../domain/outcome.ts';
import type { Result } from '../../domain/result.ts';
import { parseRevision } from '../../domain/revision.ts';
import { resultText, replicaSetsText } from './result-text.ts';

const revision = parseRevision('1734141542694433731');
if (revision === null) throw new Error('not a revision');

const theirs = { revision, replicaSets: { '4c8g': 16 }, divisible: true };

const settled: readonly Result[] = [
  { kind: 'applied', revision, seen: 'reply', retries: 0 },
  { kind: 'applied', revision: null, seen: 'looked', retries: 2 },
  { kind: 'conflict', latest: revision, theirs },
  { kind: 'conflict', latest: revision, theirs: null },
  { kind: 'conflict', latest: revision, theirs: 'unread' },
  {
    kind: 'shortage',
    direction: 'grow',
    suggestion: { '4c8g': 5 },
    unmatched: [],
    judgedOn: { revision, replicaSets: {} },
  },
  {
    kind: 'shortage',
    direction: 'shrink',
    suggestion: { '4c8g': 0 },
    unmatched: ['aB'],
    judgedOn: { revision, replicaSets: {} },
  },
  { kind: 'mismatch', divisible: true },
  { kind: 'mismatch', divisible: false },
  { kind: 'in-use' },
  { kind: 'not-found' },
  { kind: 'already-ended' },
  { kind: 'cancelled', why: { reason: 'person', who: 'local administrator' } },
  { kind: 'cancelled', why: { reason: 'changed', now: theirs, who: null } },
  { kind: 'cancelled', why: { reason: 'changed', now: theirs, who: 'local administrator' } },
  { kind: 'cancelled', why: { reason: 'gone' } },
  { kind: 'cancelled', why: { reason: 'ray-restarted' } },
  { kind: 'cancelled', why: { reason: 'asked-before', who: 'local administrator' } },
  { kind: 'cancelled', why: { reason: 'right-withdrawn', who: 'ci' } },
  { kind: 'invalid', message: 'Invalid request, template_id is empty' },
  { kind: 'blocked' },
  { kind: 'unreachable' },
  { kind: 'not-applied', evidence: 'never-sent' },
  { kind: 'not-applied', evidence: 'later-write-on-same-base' },
];

describe('the words for a result', () => {
  it('tell every result from every other', () => {
    const message = settled.map((result) => JSON.stringify(resultText(result)));
    expect(new Set(message).size).toBe(settled.length);
  });

  it('say that nothing was changed for every refusal, and only for those', () => {
    for (const result of settled) {
      expect(resultText(result).detail.startsWith('Nothing was changed.'), result.kind).toBe(result.kind !== 'applied');
    }
  });

  it.each(unknownCauses)('never call an unknown outcome failed (%s)', (cause) => {
    for (const lookedAt of [null, 1_000]) {
      const message = resultText({ kind: 'unknown', cause, lookedAt });
      expect(message.tone).toBe('warn');
      expect(message.title).toBe('Not known yet');
      expect(message.detail).not.toMatch(/nothing was changed|did not happen/i);
    }
  });

  it('say that a change without a result is on its way', () => {
    expect(resultText(null)).toEqual({ title: 'Being sent', detail: 'Ray has not answered yet.', tone: 'info' });
  });

  it('tell of silent retries', () => {
    expect(resultText({ kind: 'applied', revision, seen: 'reply', retries: 1 }).detail).toBe(
      'Ray confirmed it. Only the revision had moved, so it was sent again.',
    );
  });

  it('give what Ray suggests, and what it could not be matched to', () => {
    expect(resultText(settled[5] ?? null).detail).toBe('Nothing was changed. Ray could add: 4c8g 5.');
    expect(resultText(settled[6] ?? null).detail).toContain('could take back: nothing.');
    expect(resultText(settled[6] ?? null).detail).toContain('aB');
  });
});

describe('replica sets in one line', () => {
  it('stand in the order of the screen, without those that hold nothing', () => {
    expect(replicaSetsText({ '16c32g': 1, '4c8g': 1200, gpu: 0 })).toBe('4c8g 1,200, 16c32g 1');
    expect(replicaSetsText({ gpu: 0 })).toBe('nothing');
  });
});
