import type { Change } from '../../contract/change.ts';
import { compareRevisions, parseRevision } from '../../domain/revision.ts';
import { InvariantViolation } from './invariant-violation.ts';
import type { Coverage } from './coverage.ts';
import { equalReplicaSets, type ObservedWrite, type ActualCluster, type Oracle } from './oracle.ts';

/** Races that Ray's API leaves open. The console cannot prevent them, so they are counted rather than reported. */
const RECREATED = 'a save created a deleted cluster again';
const DELETED_UNSEEN = 'a delete removed a change that its author had not seen';
/** Upper bound until a restart of Ray is noticed, ms: a read every 15 s, or 30 s after one that timed out. */
const RESTART_DETECTION_MS = 75_000;
const CHANGED_BEFORE_DEFERRED_DELETE = 'a cluster changed between the last read and its deferred deletion';
const EFFECT_AFTER_SETTLED = 'a delete or creation took effect after the requested state had been observed';

/**
 * Checks one change against the oracle at the end of a run: it took effect at most once, overwrote nothing that its author
 * had not seen, and its reported result is true. `writes`: those that this back end sent for it and that arrived; `sentOn`: the
 * revision of the last one sent, arrived or not. `hasRival`: another change through the same console requested the same state,
 * so that Ray's state proves neither.
 */
export function checkChange(
  change: Change,
  {
    writes,
    sentOn,
    backend,
    hasRival,
  }: {
    readonly writes: readonly ObservedWrite[];
    readonly sentOn: string | undefined;
    readonly backend: number;
    readonly hasRival: boolean;
  },
  oracle: Oracle,
  coverage: Coverage,
): void {
  const { wanted, result } = change;
  const fail = (what: string): never => {
    throw new InvariantViolation(
      `${wanted.kind} of ${wanted.clusterId} (${change.id}, ${JSON.stringify(result)}): ${what}`,
    );
  };
  const effects = writes.filter((write) => write.tookEffect);
  if (effects.length > 1) fail('took effect twice');
  const [effect] = effects;
  if (effect !== undefined) checkEffect(change, effect, oracle, coverage, fail);
  if (result === null) return fail('never settled');
  if (wanted.kind === 'stop-job') checkStop(wanted.submissionId, change, oracle, fail);
  if (wanted.kind === 'delete-when-idle' && effect !== undefined) coverage.countResult('deleted once it was idle');
  coverage.countResult(
    result.kind === 'applied'
      ? `applied (${result.seen}${result.retries > 0 ? ', sent again silently' : ''})`
      : result.kind,
  );

  const settledAt = change.settledAt ?? Number.POSITIVE_INFINITY;
  switch (result.kind) {
    case 'applied': {
      if (result.seen === 'reply') {
        if (effect === undefined || effect.at > settledAt) return fail('had no effect');
        if (wanted.kind === 'save' && effect.after?.revision !== result.revision)
          fail(`made the revision ${String(effect.after?.revision)}`);
        return;
      }
      if (wanted.kind === 'stop-job' || (effect !== undefined && effect.at <= settledAt)) return;
      if (!wasStateReached(change, oracle, settledAt)) fail('the requested state never existed');
      if (effect !== undefined) coverage.countRaceWindow(EFFECT_AFTER_SETTLED);
      return;
    }
    case 'unknown':
      if (!hasRival && couldBeKnown(change, sentOn, backend, oracle)) fail('its result could be known by now');
      return;
    case 'cannot-be-known': {
      const { why, shown, at } = result.evidence;
      if (why === 'another-ray' && oracle.restarts.length === 0) fail('Ray was not restarted');
      if (shown === 'unread' || shown === null || wanted.kind === 'release') return;
      if (!oracle.everHad(wanted.clusterId, shown.revision, shown.replicaSets))
        fail(`the cluster never had the state shown at ${String(at)}`);
      return;
    }
    case 'waiting':
      if (!isStillAsRequested(change, oracle)) fail('waits for a cluster that has changed');
      return;
    case 'cancelled': {
      if (effect !== undefined) fail('took effect');
      const { why } = result;
      const during = oracle.between(wanted.clusterId, change.askedAt - RESTART_DETECTION_MS, settledAt);
      if (why.reason === 'gone' && !during.includes(null)) fail('its cluster existed all the time');
      if (why.reason === 'ray-restarted' && oracle.restarts.length === 0) fail('Ray was not restarted');
      if (why.reason === 'changed' && !oracle.everHad(wanted.clusterId, why.now.revision, why.now.replicaSets))
        fail('the cluster never had the state shown');
      return;
    }
    case 'not-applied':
      if (effect !== undefined && !(effect.before === null && effect.at > settledAt)) fail('took effect');
      return;
    case 'conflict': {
      if (effect !== undefined) fail('took effect');
      const { theirs } = result;
      const during = oracle.between(wanted.clusterId, change.askedAt, settledAt);
      if (theirs === null && !during.includes(null)) fail('its cluster existed all the time');
      if (
        theirs !== null &&
        theirs !== 'unread' &&
        !oracle.everHad(wanted.clusterId, theirs.revision, theirs.replicaSets)
      ) {
        fail('the cluster never had the conflicting state shown');
      }
      return;
    }
    default:
      if (effect !== undefined) fail('took effect');
  }
}

/** Checks a write that took effect against the state that it replaced. */
function checkEffect(
  change: Change,
  effect: ObservedWrite,
  oracle: Oracle,
  coverage: Coverage,
  fail: (what: string) => never,
): void {
  const { wanted } = change;
  const { before, save } = effect;
  if (wanted.kind === 'delete') {
    const { base } = wanted;
    if (
      base !== null &&
      before !== null &&
      (before.revision !== base.revision || !equalReplicaSets(before.replicaSets, base.replicaSets))
    ) {
      coverage.countRaceWindow(DELETED_UNSEEN);
    }
    return;
  }
  if (wanted.kind === 'delete-when-idle') {
    if (
      before === null ||
      (before.divisible === wanted.base.divisible && equalReplicaSets(before.replicaSets, wanted.base.replicaSets))
    )
      return;
    const wasAsRequested = oracle
      .between(wanted.clusterId, effect.at - RESTART_DETECTION_MS, effect.at)
      .some((each) => each !== null && equalReplicaSets(each.replicaSets, wanted.base.replicaSets));
    if (!wasAsRequested) fail('deleted a cluster that had changed long before');
    coverage.countRaceWindow(CHANGED_BEFORE_DEFERRED_DELETE);
    return;
  }
  if (wanted.kind !== 'save') return;
  if (save === null || !equalReplicaSets(save.replicaSets, wanted.want)) fail('the write differs from the request');
  if (before === null) {
    if (wanted.base !== null) coverage.countRaceWindow(RECREATED);
    return;
  }
  if (wanted.base === null) fail('a creation changed an existing cluster');
  else if (change.by === 'page' && !isSeen(before, wanted.clusterId, wanted.base, oracle)) {
    fail(`overwrote ${JSON.stringify(before.replicaSets)} at ${before.revision}, which its author had not seen`);
  }
}

/** The result of a stop must agree with the job's status. */
function checkStop(submissionId: string, { result }: Change, oracle: Oracle, fail: (what: string) => never): void {
  const status = oracle.jobStatus(submissionId);
  const hasEnded = status !== 'PENDING' && status !== 'RUNNING';
  if (result?.kind === 'applied' && status !== 'STOPPED') fail(`the job is ${String(status)}`);
  if (result?.kind === 'already-ended' && !hasEnded) fail('the job is still running');
  if (result?.kind === 'not-found' && oracle.restarts.length === 0) fail('the job existed');
  if (result?.kind === 'unknown' && hasEnded && oracle.restarts.length === 0) fail('its result could be known by now');
}

/** Whether a deferred deletion may still wait: its cluster is unchanged, in the same Ray session. */
function isStillAsRequested({ wanted, askedAt }: Change, oracle: Oracle): boolean {
  const now = oracle.current(wanted.clusterId);
  if (wanted.kind !== 'delete-when-idle' || now === null) return false;
  if (oracle.restarts.some((at) => at > askedAt)) return false;
  return now.divisible === wanted.base.divisible && equalReplicaSets(now.replicaSets, wanted.base.replicaSets);
}

/** Whether the overwritten state is what the author's page showed, apart from changes made by Ray itself since. */
function isSeen(
  before: ActualCluster,
  clusterId: string,
  base: { readonly revision: string; readonly replicaSets: ActualCluster['replicaSets'] },
  oracle: Oracle,
): boolean {
  if (!equalReplicaSets(before.replicaSets, base.replicaSets)) return false;
  return [...oracle.membersAtRevision(clusterId, base.revision)].some((members) =>
    before.reachedByRayAlone.has(members),
  );
}

/** Whether Ray held the requested state at some time between the request and its settling. */
function wasStateReached({ wanted, askedAt, result }: Change, oracle: Oracle, settledAt: number): boolean {
  if (wanted.kind === 'release') return oracle.jobClusterWasAbsent(wanted.clusterId, askedAt, settledAt);
  const states = oracle.between(wanted.clusterId, askedAt, settledAt);
  if (wanted.kind !== 'save') return isDelete(wanted) && states.includes(null);
  return states.some(
    (state) =>
      state !== null &&
      state.divisible === wanted.divisible &&
      equalReplicaSets(state.replicaSets, wanted.want) &&
      (result?.kind !== 'applied' || result.revision === state.revision) &&
      (wanted.base === null || isNewer(state.revision, wanted.base.revision)),
  );
}

/** Whether Ray's final state reveals the result of a change. */
function couldBeKnown(
  { wanted, askedAt }: Change,
  lastSentOn: string | undefined,
  backend: number,
  oracle: Oracle,
): boolean {
  // Which session a write reached is unknown until its console has noticed the restart, and it can't while Ray is unreachable.
  if (oracle.restarts.some((at) => at >= askedAt - RESTART_DETECTION_MS || !oracle.knewOfRestart(at, backend, askedAt)))
    return false;
  if (wanted.kind === 'stop-job') return false;
  if (wanted.kind === 'release') return oracle.isStateApiReadable() && !oracle.hasJobCluster(wanted.clusterId);
  const now = oracle.current(wanted.clusterId);
  if (wanted.kind !== 'save') return isDelete(wanted) && now === null;
  if (now === null || now.divisible !== wanted.divisible || !equalReplicaSets(now.replicaSets, wanted.want))
    return false;
  const sentOn = lastSentOn ?? wanted.base?.revision;
  return wanted.base === null || sentOn === undefined || isNewer(now.revision, sentOn);
}

function isDelete({ kind }: Change['wanted']): boolean {
  return kind === 'delete' || kind === 'delete-when-idle';
}

function isNewer(a: string, b: string): boolean {
  const [one, other] = [parseRevision(a), parseRevision(b)];
  return one !== null && other !== null && compareRevisions(one, other) > 0;
}
