import type { Change } from '../../contract/change.ts';
import { compareRevisions, parseRevision } from '../../domain/revision.ts';
import { InvariantViolation } from './view-monitor.ts';
import type { Coverage } from './coverage.ts';
import { equalReplicaSets, type ObservedWrite, type ActualCluster, type Oracle } from './oracle.ts';

/** Openings that Ray leaves: nothing of the console's can close them, so they are counted. */
const RECREATED = 'a save brought a deleted cluster back';
const DELETED_UNSEEN = 'a delete took a change with it that its author had not seen';
/** A restart is noticed within, ms: by a read every 15 s, or 30 s after one that timed out. */
const NOTICED_WITHIN = 75_000;
const CHANGED_MEANWHILE = 'a cluster was changed between the last look at it and a delete that had waited';
const LATE_EFFECT = 'a delete or creation took effect after what it wanted had been seen';

/**
 * Judges one change, at the end of a history, by what Ray really met of it: it took effect at most once, overwrote
 * nothing unseen, and what it is said to have come to is true. `writes`: those of it, by this back end. `hasRival`: another
 * change of the same console asked for the same, so that Ray's showing it tells of neither.
 */
export function checkChange(
  change: Change,
  {
    writes,
    backend,
    hasRival,
  }: { readonly writes: readonly ObservedWrite[]; readonly backend: number; readonly hasRival: boolean },
  truth: Oracle,
  tally: Coverage,
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
  if (effect !== undefined) checkEffect(change, effect, truth, tally, fail);
  if (result === null) return fail('never ended');
  if (wanted.kind === 'stop-job') checkStop(wanted.submissionId, change, truth, fail);
  if (wanted.kind === 'delete-when-idle' && effect !== undefined) tally.countResult('deleted once it was idle');
  tally.countResult(
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
      if (!wasReached(change, truth, settledAt)) fail('what it wanted was never there');
      if (effect !== undefined) tally.countRaceWindow(LATE_EFFECT);
      return;
    }
    case 'unknown':
      if (!hasRival && couldBeKnown(change, writes, backend, truth)) fail('could be known by now');
      return;
    case 'cannot-be-known': {
      const { why, shown, at } = result.evidence;
      if (why === 'another-ray' && truth.restarts.length === 0) fail('there was no other Ray');
      if (shown === 'unread' || shown === null || wanted.kind === 'release') return;
      if (!truth.everHad(wanted.clusterId, shown.revision, shown.replicaSets)) fail(`it never was as at ${String(at)}`);
      return;
    }
    case 'waiting':
      if (!stillStands(change, truth)) fail('waits for a cluster that is no more as it was');
      return;
    case 'cancelled': {
      if (effect !== undefined) fail('took effect');
      const { why } = result;
      const during = truth.between(wanted.clusterId, change.askedAt - NOTICED_WITHIN, settledAt);
      if (why.reason === 'gone' && !during.includes(null)) fail('was there all the time');
      if (why.reason === 'ray-restarted' && truth.restarts.length === 0) fail('there was no other Ray');
      if (why.reason === 'changed' && !truth.everHad(wanted.clusterId, why.now.revision, why.now.replicaSets))
        fail('never was so');
      return;
    }
    case 'not-applied':
      if (effect !== undefined && !(effect.before === null && effect.at > settledAt)) fail('took effect');
      return;
    case 'conflict': {
      if (effect !== undefined) fail('took effect');
      const { theirs } = result;
      const during = truth.between(wanted.clusterId, change.askedAt, settledAt);
      if (theirs === null && !during.includes(null)) fail('was there all the time');
      if (
        theirs !== null &&
        theirs !== 'unread' &&
        !truth.everHad(wanted.clusterId, theirs.revision, theirs.replicaSets)
      ) {
        fail('theirs never was so');
      }
      return;
    }
    default:
      if (effect !== undefined) fail('took effect');
  }
}

/** What a write that took effect did to what was there. */
function checkEffect(
  change: Change,
  effect: ObservedWrite,
  truth: Oracle,
  tally: Coverage,
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
      tally.countRaceWindow(DELETED_UNSEEN);
    }
    return;
  }
  if (wanted.kind === 'delete-when-idle') {
    if (
      before === null ||
      (before.divisible === wanted.base.divisible && equalReplicaSets(before.replicaSets, wanted.base.replicaSets))
    )
      return;
    const asAsked = truth
      .between(wanted.clusterId, effect.at - NOTICED_WITHIN, effect.at)
      .some((each) => each !== null && equalReplicaSets(each.replicaSets, wanted.base.replicaSets));
    if (!asAsked) fail('deleted a cluster that had long been another');
    tally.countRaceWindow(CHANGED_MEANWHILE);
    return;
  }
  if (wanted.kind !== 'save') return;
  if (save === null || !equalReplicaSets(save.replicaSets, wanted.want))
    fail('another thing was sent than was asked for');
  if (before === null) {
    if (wanted.base !== null) tally.countRaceWindow(RECREATED);
    return;
  }
  if (wanted.base === null) fail('a creation changed a cluster that was there');
  else if (change.by === 'page' && !isSeen(before, wanted.clusterId, wanted.base, truth)) {
    fail(`overwrote ${JSON.stringify(before.replicaSets)} at ${before.revision}, which its author had not seen`);
  }
}

/** A stop is said to have come to what the job came to. */
function checkStop(submissionId: string, { result }: Change, truth: Oracle, fail: (what: string) => never): void {
  const status = truth.jobStatus(submissionId);
  const hasEnded = status !== 'PENDING' && status !== 'RUNNING';
  if (result?.kind === 'applied' && status !== 'STOPPED') fail(`the job is ${String(status)}`);
  if (result?.kind === 'already-ended' && !hasEnded) fail('the job goes on');
  if (result?.kind === 'not-found' && truth.restarts.length === 0) fail('the job was there');
  if (result?.kind === 'unknown' && hasEnded && truth.restarts.length === 0) fail('could be known by now');
}

/** Whether a deletion may still wait: the cluster is as it was asked for, in the Ray that it was asked of. */
function stillStands({ wanted, askedAt }: Change, truth: Oracle): boolean {
  const now = truth.current(wanted.clusterId);
  if (wanted.kind !== 'delete-when-idle' || now === null) return false;
  if (truth.restarts.some((at) => at > askedAt)) return false;
  return now.divisible === wanted.base.divisible && equalReplicaSets(now.replicaSets, wanted.base.replicaSets);
}

/** Whether what was overwritten is what the author's page showed, but for Ray's own doings since. */
function isSeen(
  before: ActualCluster,
  clusterId: string,
  base: { readonly revision: string; readonly replicaSets: ActualCluster['replicaSets'] },
  truth: Oracle,
): boolean {
  if (!equalReplicaSets(before.replicaSets, base.replicaSets)) return false;
  return [...truth.membersAtRevision(clusterId, base.revision)].some((members) =>
    before.reachedByRayAlone.has(members),
  );
}

/** Whether Ray showed what a change wanted at some time from its asking to its settling. */
function wasReached({ wanted, askedAt, result }: Change, truth: Oracle, settledAt: number): boolean {
  if (wanted.kind === 'release') return truth.jobClusterWasAbsent(wanted.clusterId, askedAt, settledAt);
  const states = truth.between(wanted.clusterId, askedAt, settledAt);
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

/** Whether what Ray shows at the end tells what came of a change. */
function couldBeKnown(
  { wanted, askedAt }: Change,
  writes: readonly ObservedWrite[],
  backend: number,
  truth: Oracle,
): boolean {
  // To which Ray it went nobody knows until its console has noticed the restart, which it doesn't while it can't reach Ray.
  if (truth.restarts.some((at) => at >= askedAt - NOTICED_WITHIN || !truth.knewOfRestart(at, backend, askedAt)))
    return false;
  if (wanted.kind === 'stop-job') return false;
  if (wanted.kind === 'release') return truth.isStateApiReadable() && !truth.hasJobCluster(wanted.clusterId);
  const now = truth.current(wanted.clusterId);
  if (wanted.kind !== 'save') return isDelete(wanted) && now === null;
  if (now === null || now.divisible !== wanted.divisible || !equalReplicaSets(now.replicaSets, wanted.want))
    return false;
  const sentOn = writes.at(-1)?.save?.revision ?? wanted.base?.revision;
  return wanted.base === null || sentOn === undefined || isNewer(now.revision, sentOn);
}

function isDelete({ kind }: Change['wanted']): boolean {
  return kind === 'delete' || kind === 'delete-when-idle';
}

function isNewer(a: string, b: string): boolean {
  const [one, other] = [parseRevision(a), parseRevision(b)];
  return one !== null && other !== null && compareRevisions(one, other) > 0;
}
