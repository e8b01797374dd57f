import type {
  Attempt,
  AttemptEffect,
  AttemptEvent,
  AttemptPhase,
  AttemptState,
  AttemptStep,
  Rejection,
  RemoteReading,
  RemovalReading,
} from './change-attempt.ts';
import { editBaseOf, expectedStateOf, firstRevisionOf, traitsOf } from './change-kinds.ts';
import type { ChangeRequest } from './change.ts';
import type { Outcome } from './outcome.ts';
import { countByTemplate } from './replica-sets.ts';
import type { Result } from './result.ts';
import { NO_REVISION, type Revision } from './revision.ts';
import { mayRetrySilently } from './settle.ts';

/**
 * The life of a change attempt as a pure state machine: an event moves it to its next state and names the effects to perform,
 * in order. Whatever happens,
 * - nothing is sent unless its intent has just been recorded, so that a crash cannot lose it;
 * - nothing is sent again unless Ray rejected it, and then at most three times;
 * - the attempt ends as settled, unknown or waiting.
 *
 * Throws for an event that the state does not wait for.
 */
export function nextStep(attempt: Attempt, state: AttemptState, event: AttemptEvent): AttemptStep {
  switch (state.phase) {
    case 'ready':
      if (event.kind === 'started') return start(attempt, state);
      break;
    case 'reading-base':
      if (event.kind === 'remote-read') return afterReading(attempt, state, event.remote);
      break;
    case 'checking-removal':
      if (event.kind === 'removal-checked') return afterReading(attempt, state, event.removal);
      break;
    case 'recording-intent':
      if (event.kind === 'intent-recorded') return send(state, state.sentOn);
      if (event.kind === 'intent-failed') return afterIntentFailed(attempt, state, state.rejection, event.error);
      break;
    case 'sending':
      if (event.kind === 'answered') return afterAnswer(attempt, state, state.sentOn, event);
      break;
    case 'judging-retry':
      if (event.kind === 'remote-read') return judgeRetry(attempt, state, state.rejection, event.remote);
      break;
    case 'reading-conflict':
      if (event.kind === 'remote-read') return settleConflict(state, state.rejection, event.remote);
      break;
    case 'settled':
    case 'unknown':
    case 'waiting':
  }
  throw new Error(`An attempt in phase ${state.phase} waits for no event ${event.kind}.`);
}

function start(attempt: Attempt, state: AttemptState): AttemptStep {
  const isEdit = traitsOf(attempt.request).readFirst === 'list-for-edit' && editBaseOf(attempt.request) !== null;
  if (isEdit && attempt.origin === 'page') return to(state, { phase: 'reading-base' }, { kind: 'read-remote' });
  if (isEdit && attempt.origin === 'script') return to(state, { phase: 'checking-removal' }, { kind: 'check-removal' });
  return prepare(attempt, state, firstRevisionOf(attempt.request), null);
}

function prepare(
  { request }: Attempt,
  state: AttemptState,
  sentOn: Revision | null,
  rejection: Rejection | null,
): AttemptStep {
  const { marksRemoval, movesMembers } = traitsOf(request);
  const effects: AttemptEffect[] = [];
  if (marksRemoval) effects.push({ kind: 'mark-removal' });
  if (movesMembers) effects.push({ kind: 'capture-before' });
  return to(state, { phase: 'recording-intent', sentOn, rejection }, ...effects, { kind: 'record-intent', sentOn });
}

function send(state: AttemptState, sentOn: Revision | null): AttemptStep {
  return to({ attempts: state.attempts + 1 }, { phase: 'sending', sentOn }, { kind: 'send', sentOn });
}

/** A person's edit goes on by its base, a script's by whether this console deleted the cluster. */
function afterReading(attempt: Attempt, state: AttemptState, reading: RemoteReading | RemovalReading): AttemptStep {
  switch (reading.kind) {
    case 'found':
    case 'not-removed':
      return prepare(attempt, state, firstRevisionOf(attempt.request), null);
    // Ray would create it again, on any revision (fact 5).
    case 'gone':
    case 'removed':
      return settle(state, { kind: 'conflict', latest: NO_REVISION, theirs: null });
    // Others may have created it again: neither is it gone for certain, nor may it be brought back unseen.
    case 'unread':
      return settle(
        state,
        reading.isUnreachable ? { kind: 'unreachable' } : { kind: 'not-applied', evidence: 'never-sent' },
      );
  }
}

function afterIntentFailed(
  attempt: Attempt,
  state: AttemptState,
  rejection: Rejection | null,
  error: unknown,
): AttemptStep {
  // A retry that cannot be recorded is not sent: Ray's first answer stands.
  if (rejection !== null) return to(state, { phase: 'reading-conflict', rejection }, { kind: 'read-remote' });
  if (attempt.origin === 'deferred' && state.attempts > 0) {
    return to(state, { phase: 'waiting' }, { kind: 'wait-again', wasRefused: false });
  }
  const { effects } = settle(state, { kind: 'not-applied', evidence: 'never-sent' });
  return to(state, { phase: 'settled' }, ...effects, { kind: 'fail', error });
}

function judgeRetry(attempt: Attempt, state: AttemptState, rejection: Rejection, remote: RemoteReading): AttemptStep {
  const revision = revisionToRetryOn(attempt.request, state.attempts, remote);
  if (revision !== null) return prepare(attempt, state, revision, rejection);
  return to(state, { phase: 'reading-conflict', rejection }, { kind: 'read-remote' });
}

/** The cluster's revision, when nothing else about it moved since the edit's base; null: the person has to decide. */
function revisionToRetryOn(request: ChangeRequest, attempts: number, remote: RemoteReading): Revision | null {
  const base = editBaseOf(request);
  const expected = expectedStateOf(request);
  if (base === null || expected.kind !== 'cluster' || remote.kind !== 'found') return null;
  const { cluster, members, membersOfBase } = remote;
  if (membersOfBase === null || cluster.divisible !== expected.divisible) return null;
  const may = mayRetrySilently({
    base: { ...base, members: membersOfBase.keys() },
    theirs: { ...cluster, members: members.keys() },
    attempts,
  });
  return may ? cluster.revision : null;
}

function settleConflict(state: AttemptState, { latest }: Rejection, remote: RemoteReading): AttemptStep {
  switch (remote.kind) {
    case 'found':
      return settle(state, { kind: 'conflict', latest, theirs: remote.cluster });
    case 'gone':
      return settle(state, { kind: 'conflict', latest, theirs: null });
    case 'unread':
      return settle(state, { kind: 'conflict', latest, theirs: 'unread' });
  }
}

function afterAnswer(
  attempt: Attempt,
  state: AttemptState,
  sentOn: Revision | null,
  { outcome, replicaSetsSentOn }: Extract<AttemptEvent, { kind: 'answered' }>,
): AttemptStep {
  const { request, origin } = attempt;
  const isDeferred = origin === 'deferred';
  const refresh: AttemptEffect = { kind: 'refresh' };
  switch (outcome.kind) {
    case 'applied':
      return settleApplied(request, state, sentOn, outcome);
    case 'conflict': {
      const mayRetry = origin === 'page' && traitsOf(request).retriesSilently && editBaseOf(request) !== null;
      const phase = mayRetry ? 'judging-retry' : 'reading-conflict';
      return to(state, { phase, rejection: outcome }, { kind: 'read-remote' });
    }
    case 'shortage': {
      const base = editBaseOf(request);
      const judgedOn =
        base === null || sentOn === null
          ? { revision: null, replicaSets: {} }
          : { revision: sentOn, replicaSets: replicaSetsSentOn ?? base.replicaSets };
      return settle(state, { ...outcome, judgedOn }, refresh);
    }
    case 'unknown':
      return to(state, { phase: 'unknown' }, { kind: 'watch-for', cause: outcome.cause }, refresh);
    case 'in-use':
      if (isDeferred) return to(state, { phase: 'waiting' }, { kind: 'wait-again', wasRefused: true }, refresh);
      return settle(state, outcome, refresh);
    case 'unreachable':
      if (isDeferred) return to(state, { phase: 'waiting' }, { kind: 'wait-again', wasRefused: false }, refresh);
      return settle(state, outcome);
    case 'not-found':
      if (isDeferred) return settle(state, { kind: 'cancelled', why: { reason: 'gone' } });
      // Somebody else released it; only the state API would show that, and it may be down (fact 18).
      if (traitsOf(request).evidenceSource === 'state') {
        return settle(state, outcome, { kind: 'fold-in', cluster: null, onlyAsSent: false }, refresh);
      }
      return settle(state, outcome, refresh);
    case 'already-ended':
    case 'mismatch':
    case 'invalid':
    case 'blocked':
      return settle(state, outcome, refresh);
  }
}

function settleApplied(
  request: ChangeRequest,
  state: AttemptState,
  sentOn: Revision | null,
  { revision, members }: Extract<Outcome, { kind: 'applied' }>,
): AttemptStep {
  const { hasRevision, removesOnlyAsSent } = traitsOf(request);
  const retries = hasRevision ? state.attempts - 1 : 0;
  const result: Result = { kind: 'applied', revision, seen: 'reply', retries };
  const expected = expectedStateOf(request);
  switch (expected.kind) {
    case 'cluster': {
      const { divisible } = expected;
      const effects: AttemptEffect[] = [];
      // Comes first: an earlier save that expects the same state would take what the list shows next for its own doing.
      if (sentOn !== null) effects.push({ kind: 'rule-out-earlier-writes', sentOn });
      if (revision !== null) {
        const replicaSets = members === null ? expected.replicaSets : countByTemplate(members.values());
        effects.push({ kind: 'cancel-deferred-deletions', now: { revision, replicaSets, divisible } });
        if (members !== null) {
          const cluster = { id: request.clusterId, divisible, revision, members };
          effects.push({ kind: 'fold-in', cluster, onlyAsSent: false });
        }
      }
      const done: AttemptEffect = { kind: 'settle', result, membersAfter: members };
      return to(state, { phase: 'settled' }, ...effects, done, { kind: 'refresh' });
    }
    case 'gone': {
      const gone: AttemptEffect = { kind: 'fold-in', cluster: null, onlyAsSent: removesOnlyAsSent };
      const done: AttemptEffect = { kind: 'settle', result, membersAfter: new Map() };
      return to(state, { phase: 'settled' }, gone, done, { kind: 'refresh' });
    }
    case 'job-stopped':
      return to(state, { phase: 'settled' }, { kind: 'settle', result, membersAfter: null }, { kind: 'refresh' });
  }
}

/** Settles with a result that says nothing of the cluster's members; `before`: what is done first. */
function settle(state: AttemptState, result: Result, ...before: readonly AttemptEffect[]): AttemptStep {
  return to(state, { phase: 'settled' }, ...before, { kind: 'settle', result, membersAfter: null });
}

function to(
  { attempts }: { readonly attempts: number },
  phase: AttemptPhase,
  ...effects: AttemptEffect[]
): AttemptStep {
  return { state: { ...phase, attempts }, effects };
}
