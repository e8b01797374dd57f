import { compareTemplates, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { Cancellation, Evidence, Result } from '../../domain/result.ts';
import { text } from '../text/text.ts';
import { clockText, fullTimeText } from '../ui/time-text.ts';
import { personText } from '../ui/person-text.ts';

/** A result in the user's words. `warn`: nobody knows yet, or a person decides · `bad`: refused · `info`: on its way. */
export interface ResultText {
  readonly title: string;
  readonly detail: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'info';
}

/** A result as text; null: queued or being sent. An unknown outcome is never called failed. */
export function resultText(result: Result | null): ResultText {
  const words = text.panel.result;
  const { sentences } = text.joins;
  if (result === null) return { ...words.waiting, tone: 'info' };
  switch (result.kind) {
    case 'applied': {
      const sentence = words.applied[result.seen];
      return {
        title: words.applied.title,
        detail: result.retries > 0 ? sentences([sentence, words.applied.retries(result.retries)]) : sentence,
        tone: 'good',
      };
    }
    case 'conflict': {
      const { theirs } = result;
      const detail =
        theirs === 'unread'
          ? words.conflict.unread
          : theirs === null
            ? words.conflict.gone
            : words.conflict.theirs(replicaSetsText(theirs.replicaSets));
      return { title: words.conflict.title, detail, tone: 'warn' };
    }
    case 'shortage': {
      const sentence = words.shortage[result.direction](replicaSetsText(result.suggestion));
      const detail =
        result.unmatched.length === 0
          ? sentence
          : sentences([sentence, words.shortage.unmatched(text.joins.list(result.unmatched))]);
      return { title: words.shortage.title[result.direction], detail, tone: 'bad' };
    }
    case 'mismatch':
      return {
        title: words.mismatch.title,
        detail: result.divisible ? words.mismatch.divisible : words.mismatch.indivisible,
        tone: 'bad',
      };
    case 'in-use':
      return { ...words.inUse, tone: 'bad' };
    case 'not-found':
      return { ...words.notFound, tone: 'bad' };
    case 'already-ended':
      return { ...words.alreadyEnded, tone: 'info' };
    case 'waiting': {
      const { title, detail, refused } = words.untilIdle;
      return {
        title,
        detail: result.refusedAt === null ? detail : sentences([detail, refused(clockText(result.refusedAt))]),
        tone: 'info',
      };
    }
    case 'cancelled':
      return { title: words.cancelled.title, detail: cancelledText(result.why), tone: 'info' };
    case 'invalid':
      return { title: words.invalid.title, detail: words.invalid.detail(result.message), tone: 'bad' };
    case 'blocked':
      return { ...words.blocked, tone: 'bad' };
    case 'unreachable':
      return { ...words.unreachable, tone: 'bad' };
    case 'not-applied':
      return {
        title: words.notApplied.title,
        detail: result.evidence === 'never-sent' ? words.notApplied.neverSent : words.notApplied.laterWrite,
        tone: 'bad',
      };
    case 'cannot-be-known':
      return { title: words.cannotBeKnown.title, detail: evidenceText(result.evidence), tone: 'warn' };
    case 'unknown': {
      const { cause, notLooked, looked, title } = words.unknown;
      const after = result.lookedAt === null ? notLooked : looked;
      return { title, detail: sentences([cause[result.cause], after]), tone: 'warn' };
    }
  }
}

function cancelledText(why: Cancellation): string {
  const words = text.panel.result.cancelled;
  switch (why.reason) {
    case 'person':
      return words.person(personText(why.who));
    case 'changed':
      return words.changed(replicaSetsText(why.now.replicaSets), why.who === null ? null : personText(why.who));
    case 'gone':
      return words.gone;
    case 'ray-restarted':
      return words.restarted;
    case 'asked-before':
      return words.askedBefore(personText(why.who));
    case 'right-withdrawn':
      return words.rightWithdrawn(personText(why.who));
  }
}

function evidenceText({ why, shown, at }: Evidence): string {
  const words = text.panel.result.cannotBeKnown;
  const time = fullTimeText(at);
  switch (why) {
    case 'another-ray':
      return words.anotherRay;
    case 'ray-not-told':
      return words.rayNotTold;
    case 'still-on-its-base':
    case 'not-shown':
    case 'asked-more-than-once': {
      if (shown === 'unread') return words.notShownJob(time);
      if (shown === null) return words.notShownGone(time);
      const sets = replicaSetsText(shown.replicaSets);
      if (why === 'still-on-its-base') return words.stillOnItsBase(time, sets);
      return why === 'not-shown' ? words.notShown(time, sets) : words.askedMoreThanOnce(time, sets);
    }
  }
}

/** Replica sets in one line, as `4c8g 12, 8c16g 8`; templates with 0 are left out, and a word stands for none at all. */
export function replicaSetsText(sets: ReplicaSets): string {
  const named = Object.entries(sets)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => compareTemplates(a, b))
    .map(([templateId, count]) => `${templateId} ${text.facts.count(count)}`);
  return named.length === 0 ? text.panel.result.none : text.joins.list(named);
}
