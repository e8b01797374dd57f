import type { Clock } from '../../clock.ts';
import type { SaveChange, ChangeRequest } from '../../domain/change.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import type { SourceName } from '../../domain/sourced.ts';
import { countByTemplate, sameReplicaSets } from '../../domain/replica-sets.ts';
import type { Evidence, Result, ClusterSnapshot } from '../../domain/result.ts';
import { compareRevisions, NO_REVISION, type Revision } from '../../domain/revision.ts';
import { settle, settleStop } from '../../domain/settle.ts';
import type { ListedCluster } from '../../domain/sources.ts';
import { resultingRevision, type ChangeRecord } from '../journal/change-log.ts';
import { isLater, type Moment } from '../fleet/moment.ts';
import type { BufferedChangeLog } from '../journal/buffered-change-log.ts';
import { membershipDiff } from './membership-diff.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import { jobStatusSince } from './job-status.ts';
import type { Poller } from '../polling/poller.ts';

/** A cluster as the list has it, as a change's record says it. */
export function toClusterSnapshot(cluster: ListedCluster | null): ClusterSnapshot | null {
  if (cluster === null) return null;
  return {
    revision: cluster.revision,
    replicaSets: countByTemplate(cluster.members.values()),
    divisible: cluster.divisible,
  };
}

/** Finds out what became of changes whose outcome is not known: by looking, never by sending again. */
export interface Reconciler {
  /**
   * Takes up what a console before left open. What was never sent did not happen; what was is looked for in readings
   * begun after this console's start. Once good readings have shown nothing of it for `giveUpAfter`, it ends as what can't be known.
   */
  resume(started: Moment): Promise<void>;
  /**
   * From now on this change is looked for at each reading of the list. `answered`: when its sending ended; `epoch`: to
   * which Ray it went. Another Ray tells nothing of it: then it stays unknown.
   */
  track(record: ChangeRecord, answered: Moment, epoch: number): Promise<void>;
  /** Reads afresh, and settles the change if that tells. */
  checkNow(id: string): Promise<void>;
  /**
   * A write went through on a revision that the list showed at `shownAt`: no other one on it that had ended before did, or
   * will. One that ended later may have made what was then deleted, and the write brought that back (fact 5).
   */
  recordAppliedWrite(clusterId: string, revision: Revision, shownAt: Moment): Promise<void>;
  close(): void;
}

/** The most changes that are looked for; the oldest beyond stay unknown until the next start. */
const MAX_TRACKED = 1_000;

interface TrackedChange {
  record: ChangeRecord;
  readonly sentBy: Moment;
  readonly epoch: number;
  laterWrite: boolean;
  /** For one that a console before left open: since when good readings show nothing of it, ms since 1970. */
  readonly inherited: { goodSince: number | null } | null;
}

export function createReconciler(parts: {
  readonly model: FleetStore;
  readonly watch: Poller;
  readonly log: Pick<BufferedChangeLog, 'update' | 'holdInMemory' | 'open' | 'forRevision'>;
  readonly clock: Clock;
  /** Longer than a call to Ray may take, so that what comes late has come; ms. */
  readonly giveUpAfter: number;
}): Reconciler {
  const { model, watch, log, clock, giveUpAfter } = parts;
  const tracked = new Map<string, TrackedChange>();
  const timers = new Set<() => void>();

  function addTracked(entry: TrackedChange) {
    tracked.set(entry.record.change.id, entry);
    for (const oldest of tracked.keys()) {
      if (tracked.size <= MAX_TRACKED) break;
      tracked.delete(oldest);
    }
  }

  async function reconcile(id: string): Promise<void> {
    const entry = tracked.get(id);
    if (entry === undefined) return;
    const { record, sentBy, laterWrite, inherited } = entry;
    const { change } = record;
    if (change.result?.kind !== 'unknown') return;
    if (inherited === null && entry.epoch !== model.epoch()) {
      tracked.delete(id);
      return;
    }
    if (inherited !== null && !laterWrite) {
      const session = model.state('identity').last?.value.sessionName;
      if (session === undefined) return;
      if (session !== record.session) {
        await giveUp(entry, {
          why: record.session === null ? 'ray-not-told' : 'another-ray',
          shown: 'unread',
          at: clock.now(),
        });
        return;
      }
    }
    const { wanted } = change;
    const isStop = wanted.kind === 'stop-job';
    const status = isStop ? jobStatusSince(model, wanted.submissionId, sentBy) : null;
    const seen = isStop ? null : snapshotSince(model, wanted, sentBy);
    const verdict = isStop
      ? settleStop(status)
      : settle({ wanted: asSent(record), seen, sent: true, laterWriteOnSameBase: laterWrite });
    const doubt = verdict === 'applied' && seen !== null && seen !== 'unread' ? await findDoubt(entry, seen) : null;
    if (tracked.get(id) !== entry || entry.record !== record) return;
    if (verdict === 'not-seen' || doubt !== null) {
      if (seen === 'unread' || status === 'unread') return;
      entry.record = { ...record, change: { ...change, result: { ...change.result, lookedAt: clock.now() } } };
      log.holdInMemory(entry.record);
      if (inherited !== null)
        await awaitEvidence(entry, inherited, {
          why: doubt ?? whyNotFound(record, seen),
          shown: isStop ? 'unread' : seen,
        });
      return;
    }
    tracked.delete(id);
    const revision = seen === null || seen === 'unread' || wanted.kind !== 'save' ? null : seen.revision;
    const result: Result =
      verdict === 'applied'
        ? { kind: 'applied', revision, seen: 'looked', retries: change.attempts - 1 }
        : verdict === 'not-applied'
          ? { kind: 'not-applied', evidence: 'later-write-on-same-base' }
          : { kind: verdict };
    const after = wanted.kind === 'save' ? (model.listedCluster(wanted.clusterId)?.members ?? null) : new Map();
    const moved = verdict === 'applied' && !isStop ? membershipDiff(record.membersBefore, after) : null;
    await log.update({ ...record, change: { ...change, result, moved, settledAt: clock.now() } });
  }

  /** Why what Ray shows does not tell that it is this save's doing, although it is what it asked for; null: it does. */
  async function findDoubt({ record }: TrackedChange, seen: ClusterSnapshot): Promise<Evidence['why'] | null> {
    const { id, wanted } = record.change;
    if (wanted.kind !== 'save') return null;
    for (const other of tracked.values()) {
      if (other.record.change.id !== id && mayHaveProduced(other.record, wanted, seen)) return 'asked-more-than-once';
    }
    const around = await log.forRevision(wanted.clusterId, seen.revision);
    return around.some((other) => other.change.id !== id && resultingRevision(other) === seen.revision)
      ? 'not-shown'
      : null;
  }

  /** Nothing is seen of it in a good reading: it ends once that has been so for long enough. */
  async function awaitEvidence(
    entry: TrackedChange,
    left: NonNullable<TrackedChange['inherited']>,
    found: Omit<Evidence, 'at'>,
  ): Promise<void> {
    const { id, wanted } = entry.record.change;
    const at = readingBegunAt(model, wanted) ?? clock.now();
    if (left.goodSince === null) {
      left.goodSince = at;
      const cancel = clock.after(giveUpAfter, () => {
        timers.delete(cancel);
        void checkNow(id);
      });
      timers.add(cancel);
    }
    if (at >= left.goodSince + giveUpAfter) await giveUp(entry, { ...found, at });
  }

  async function giveUp({ record }: TrackedChange, evidence: Evidence): Promise<void> {
    const { change } = record;
    tracked.delete(change.id);
    await log.update({
      ...record,
      change: { ...change, result: { kind: 'cannot-be-known', evidence }, settledAt: clock.now() },
    });
  }

  async function checkNow(id: string): Promise<void> {
    const entry = tracked.get(id);
    if (entry === undefined) return;
    await watch.refresh(evidenceSource(entry.record.change.wanted));
    await reconcile(id);
  }

  const unsubscribe = model.subscribe(() => {
    for (const id of tracked.keys()) void reconcile(id);
  });

  return {
    async resume(started) {
      for (const record of await log.open()) {
        const { change, sentOn } = record;
        // One that waits for its cluster to be idle is taken up elsewhere.
        if (change.result?.kind === 'waiting') continue;
        if (change.attempts === 0) {
          const result: Result = { kind: 'not-applied', evidence: 'never-sent' };
          await log.update({ ...record, change: { ...change, result, settledAt: clock.now() } });
          continue;
        }
        const result: Result = change.result ?? { kind: 'unknown', cause: 'console-ended', lookedAt: null };
        const around = sentOn === null ? [] : await log.forRevision(change.wanted.clusterId, sentOn);
        const laterWrite = around.some((other) => other.change.id !== change.id && provesNotApplied(other, record));
        const taken = { ...record, change: { ...change, result } };
        addTracked({
          record: taken,
          sentBy: started,
          epoch: model.epoch(),
          laterWrite,
          inherited: { goodSince: null },
        });
        log.holdInMemory(taken);
      }
      // All are known before the first is judged: two may have asked for the same.
      for (const id of tracked.keys()) await reconcile(id);
    },
    async track(record, answered, epoch) {
      addTracked({ record, sentBy: answered, epoch, laterWrite: false, inherited: null });
      await reconcile(record.change.id);
    },
    checkNow: checkNow,
    async recordAppliedWrite(clusterId, revision, shownAt) {
      for (const [id, entry] of tracked) {
        const { wanted } = entry.record.change;
        if (wanted.kind !== 'save' || wanted.clusterId !== clusterId || entry.record.sentOn !== revision) continue;
        if (!isLater(shownAt, entry.sentBy)) continue;
        entry.laterWrite = true;
        await reconcile(id);
      }
    },
    close() {
      unsubscribe();
      for (const cancel of timers) cancel();
    },
  };
}

/** The cluster as seen after the sending ended; `unread` while nothing was read since. */
function snapshotSince(model: FleetStore, wanted: ChangeRequest, answered: Moment): ClusterSnapshot | null | 'unread' {
  if (wanted.kind === 'release') return jobClusterSince(model, wanted.clusterId, answered);
  const read = model.listMoment();
  if (read === null || !isLater(read, answered)) return 'unread';
  return toClusterSnapshot(model.listedCluster(wanted.clusterId));
}

/** Only the state API shows job clusters (fact 22); it tells no revision of theirs. */
function jobClusterSince(model: FleetStore, id: string, answered: Moment): ClusterSnapshot | null | 'unread' {
  const { last } = model.state('state');
  if (last === null || !model.isReadSince('state', answered)) return 'unread';
  const cluster = last.value.find((each) => each.id === id);
  if (cluster === undefined) return null;
  return { revision: NO_REVISION, replicaSets: countByTemplate(cluster.nodes.values()), divisible: cluster.divisible };
}

/** When the reading that tells of a change counts as begun, ms since 1970. */
function readingBegunAt(model: FleetStore, wanted: ChangeRequest): number | null {
  const source = evidenceSource(wanted);
  return source === 'list' ? (model.listMoment()?.at ?? null) : (model.state(source).last?.begunAt ?? null);
}

function whyNotFound({ change, sentOn }: ChangeRecord, seen: ClusterSnapshot | null): Evidence['why'] {
  return change.wanted.kind === 'save' && seen !== null && seen.revision === sentOn ? 'still-on-its-base' : 'not-shown';
}

/** Whether a change that nobody answered, too, may have made the state that a save asked for. */
function mayHaveProduced(other: ChangeRecord, save: SaveChange, seen: ClusterSnapshot): boolean {
  const { wanted } = other.change;
  if (wanted.kind !== 'save' || wanted.clusterId !== save.clusterId || wanted.divisible !== save.divisible)
    return false;
  return (
    sameReplicaSets(wanted.want, save.want) &&
    (other.sentOn === null || compareRevisions(seen.revision, other.sentOn) > 0)
  );
}

/**
 * Whether a change that went through on the same revision tells that an earlier one, which nobody answered, did not: it was
 * asked for later, and found the cluster still on that revision. One that found another may have brought it back (fact 5), and a
 * script's write goes out on what was read some time before.
 */
function provesNotApplied(later: ChangeRecord, earlier: ChangeRecord): boolean {
  const { before, askedAt, by } = later.change;
  if (by === 'script') return false;
  if (resultingRevision(later) === null || later.sentOn !== earlier.sentOn || before?.revision !== later.sentOn)
    return false;
  return askedAt >= earlier.change.askedAt;
}

/** Which source shows what became of a change. */
function evidenceSource(wanted: ChangeRequest): SourceName {
  if (wanted.kind === 'stop-job') return 'jobs';
  return wanted.kind === 'release' ? 'state' : 'list';
}

/** What was asked, on the revision that it last went out on: a silent retry moves that. */
function asSent({ change, sentOn }: ChangeRecord): ChangeRequest {
  const { wanted } = change;
  if (wanted.kind !== 'save' || wanted.base === null || sentOn === null) return wanted;
  return { ...wanted, base: { ...wanted.base, revision: sentOn } };
}

/** Which queue a change waits in: a job cluster's release waits with its parent's changes. */
export function queueKey(wanted: ChangeRequest): string {
  return wanted.kind === 'release'
    ? (splitJobClusterId(wanted.clusterId)?.parentId ?? wanted.clusterId)
    : wanted.clusterId;
}
