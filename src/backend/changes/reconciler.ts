import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import { expectedStateOf, traitsOf } from '../../domain/change-kinds.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { ClusterSnapshot, Evidence, Result } from '../../domain/result.ts';
import { NO_REVISION, type Revision } from '../../domain/revision.ts';
import type { Member } from '../../domain/sources.ts';
import { isLater, type Moment } from '../fleet/moment.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { BufferedChangeLog } from '../journal/buffered-change-log.ts';
import { resultingRevision, type ChangeRecord } from '../journal/change-log.ts';
import type { Poller } from '../polling/poller.ts';
import { evidenceBegunAt, jobStatusSince, snapshotSince } from './evidence-readings.ts';
import {
  judgeByCluster,
  judgeByJob,
  mayHaveProduced,
  provesNotApplied,
  wasSentOn,
  type Assessment,
} from './evidence.ts';
import { membershipDiff } from './membership-diff.ts';

/** Settles changes of unknown outcome by reading Ray, never by sending again. */
export interface Reconciler {
  /**
   * Takes over what an earlier console process left open. What was never sent did not happen; what was sent is looked for
   * in readings that began after this process started. Once good readings have not shown it for `giveUpAfter`, it ends as
   * `cannot-be-known`.
   */
  resume(started: Moment): Promise<void>;
  /**
   * Looks for this change in each reading from now on. `answered`: when its sending ended; `epoch`: the Ray that it was
   * sent to. Another Ray proves nothing about it, so then it stays unknown.
   */
  track(record: ChangeRecord, answered: Moment, epoch: number): Promise<void>;
  /** Reads Ray now, and settles the change if the reading proves the outcome. */
  checkNow(id: string): Promise<void>;
  /**
   * A write on a revision that the list showed at `shownAt` went through: no other write on that revision whose sending had
   * ended before did, or will. One that ended later may have created what was then deleted, and this write brought it back
   * (fact 5).
   */
  recordAppliedWrite(clusterId: string, revision: Revision, shownAt: Moment): Promise<void>;
  close(): void;
}

/** The most changes that are looked for at once; beyond it, the oldest stay unknown until the next start. */
const MAX_TRACKED = 1_000;

interface TrackedChange {
  readonly record: ChangeRecord;
  /** When its sending ended: only readings that began later count. */
  readonly sentBy: Moment;
  readonly epoch: number;
  readonly laterWrite: boolean;
  /** For a change of an earlier process: since when good readings have not shown it, ms since 1970. */
  readonly inherited: { readonly goodSince: number | null } | null;
}

export function createReconciler(parts: {
  readonly store: FleetStore;
  readonly poller: Pick<Poller, 'refresh'>;
  readonly changeLog: Pick<BufferedChangeLog, 'update' | 'holdInMemory' | 'open' | 'forRevision'>;
  readonly clock: Clock;
  /** Longer than a call to Ray may take, so that whatever arrives late has arrived; ms. */
  readonly giveUpAfter: number;
  /** Called once the outcome of a change is known, or can no longer be known. */
  readonly onReconciled: (change: Change) => void;
}): Reconciler {
  const { store, poller, changeLog, clock, giveUpAfter, onReconciled } = parts;
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
    if (entry === undefined || entry.record.change.result?.kind !== 'unknown') return;
    if (entry.inherited === null && entry.epoch !== store.epoch()) {
      tracked.delete(id);
      return;
    }
    if (entry.inherited !== null && !entry.laterWrite) {
      const session = store.state('identity').last?.value.sessionName;
      if (session === undefined) return;
      const sentTo = entry.record.session;
      if (session !== sentTo) {
        const why = sentTo === null ? 'ray-not-told' : 'another-ray';
        await giveUp(entry.record, { why, shown: 'unread', at: clock.now() });
        return;
      }
    }
    const assessment = judge(entry);
    if (assessment.kind === 'unread') return;
    if (assessment.kind === 'not-seen') return recordNotSeen(entry, assessment);
    const { result, shown } = assessment;
    if (result.kind === 'applied' && shown !== null) {
      const doubt = await findDoubt(entry.record, shown);
      if (tracked.get(id) !== entry) return;
      if (doubt !== null) return recordNotSeen(entry, { why: doubt, shown });
    }
    await end(entry.record, result, result.kind === 'applied' ? membersAfter(entry.record.change.wanted) : null);
  }

  function judge({ record, sentBy, laterWrite }: TrackedChange): Assessment {
    const { wanted } = record.change;
    const expected = expectedStateOf(wanted);
    switch (expected.kind) {
      case 'job-stopped':
        return judgeByJob(record, jobStatusSince(store, expected.submissionId, sentBy));
      case 'cluster':
      case 'gone':
        return judgeByCluster(record, snapshotSince(store, wanted, sentBy), laterWrite);
    }
  }

  /** Who is in the cluster now that the change was applied; null where that says nothing of the change. */
  function membersAfter(request: ChangeRequest): ReadonlyMap<string, Member> | null {
    switch (expectedStateOf(request).kind) {
      case 'cluster':
        return store.listedCluster(request.clusterId)?.members ?? null;
      case 'gone':
        return new Map();
      case 'job-stopped':
        return null;
    }
  }

  /** Why Ray showing what a save expects does not prove that this save did it; null: it does. */
  async function findDoubt(
    { change: { id, wanted } }: ChangeRecord,
    seen: ClusterSnapshot,
  ): Promise<Evidence['why'] | null> {
    const expected = expectedStateOf(wanted);
    if (expected.kind !== 'cluster') return null;
    for (const { record: other } of tracked.values()) {
      if (other.change.id !== id && mayHaveProduced(other, wanted.clusterId, expected, seen))
        return 'asked-more-than-once';
    }
    const around = await changeLog.forRevision(wanted.clusterId, seen.revision);
    return around.some((other) => other.change.id !== id && resultingRevision(other) === seen.revision)
      ? 'not-shown'
      : null;
  }

  /** A good reading does not show the change: an inherited one ends once that has been so for long enough. */
  async function recordNotSeen(entry: TrackedChange, found: Omit<Evidence, 'at'>): Promise<void> {
    const { change } = entry.record;
    if (change.result?.kind !== 'unknown') return;
    const record = { ...entry.record, change: { ...change, result: { ...change.result, lookedAt: clock.now() } } };
    changeLog.holdInMemory(record);
    if (entry.inherited === null) {
      tracked.set(change.id, { ...entry, record });
      return;
    }
    const at = evidenceBegunAt(store, change.wanted) ?? clock.now();
    const { goodSince } = entry.inherited;
    tracked.set(change.id, { ...entry, record, inherited: { goodSince: goodSince ?? at } });
    if (goodSince === null) checkAfterGivingUpTime(change.id);
    else if (at >= goodSince + giveUpAfter) await giveUp(record, { why: found.why, shown: found.shown, at });
  }

  function checkAfterGivingUpTime(id: string) {
    const cancel = clock.after(giveUpAfter, () => {
      timers.delete(cancel);
      void checkNow(id);
    });
    timers.add(cancel);
  }

  function giveUp(record: ChangeRecord, evidence: Evidence): Promise<void> {
    return end(record, { kind: 'cannot-be-known', evidence }, null);
  }

  async function end(record: ChangeRecord, result: Result, after: ReadonlyMap<string, Member> | null): Promise<void> {
    const { change, membersBefore } = record;
    tracked.delete(change.id);
    const moved = membershipDiff(change.wanted.clusterId, store.lastFleet(), membersBefore, after);
    const settled = { ...change, result, moved, settledAt: clock.now() };
    await changeLog.update({ ...record, change: settled });
    onReconciled(settled);
  }

  async function checkNow(id: string): Promise<void> {
    const entry = tracked.get(id);
    if (entry === undefined) return;
    await poller.refresh(traitsOf(entry.record.change.wanted).evidenceSource);
    await reconcile(id);
  }

  const unsubscribe = store.subscribe(() => {
    for (const id of tracked.keys()) void reconcile(id);
  });

  return {
    async resume(started) {
      for (const record of await changeLog.open()) {
        const { change, sentOn } = record;
        // Deferred deletions are resumed by the change service.
        if (change.result?.kind === 'waiting') continue;
        if (change.attempts === 0) {
          await end(record, { kind: 'not-applied', evidence: 'never-sent' }, null);
          continue;
        }
        const result: Result = change.result ?? { kind: 'unknown', cause: 'console-ended', lookedAt: null };
        // No creation is proven by another one: any revision will do for what is not there (fact 5).
        const around =
          sentOn === null || sentOn === NO_REVISION ? [] : await changeLog.forRevision(change.wanted.clusterId, sentOn);
        const laterWrite = around.some((other) => other.change.id !== change.id && provesNotApplied(other, record));
        const resumed = { ...record, change: { ...change, result } };
        addTracked({
          record: resumed,
          sentBy: started,
          epoch: store.epoch(),
          laterWrite,
          inherited: { goodSince: null },
        });
        changeLog.holdInMemory(resumed);
      }
      // All are tracked before the first is judged: two may expect the same state.
      for (const id of tracked.keys()) await reconcile(id);
    },
    async track(record, answered, epoch) {
      addTracked({ record, sentBy: answered, epoch, laterWrite: false, inherited: null });
      await reconcile(record.change.id);
    },
    checkNow,
    async recordAppliedWrite(clusterId, revision, shownAt) {
      for (const [id, entry] of tracked) {
        if (!wasSentOn(entry.record, clusterId, revision) || !isLater(shownAt, entry.sentBy)) continue;
        tracked.set(id, { ...entry, laterWrite: true });
        await reconcile(id);
      }
    },
    close() {
      unsubscribe();
      for (const cancel of timers) cancel();
    },
  };
}
