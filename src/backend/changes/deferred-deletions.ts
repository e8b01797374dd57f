import type { Clock } from '../../clock.ts';
import { IDLE_PERIOD, type WaitingDeletion } from '../../contract/fleet.ts';
import type { ChangeRequest, DeleteWhenIdleChange } from '../../domain/change.ts';
import { continueIdle, idleBlockerOf, notJudged, type IdleBlocker, type Idleness } from '../../domain/idle.ts';
import { sameReplicaSets } from '../../domain/replica-sets.ts';
import type { Cancellation, ClusterSnapshot } from '../../domain/result.ts';
import type { Revision } from '../../domain/revision.ts';
import type { SourceName } from '../../domain/sourced.ts';
import type { AuthorRight } from '../auth/author-right.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ChangeLog, ChangeRecord } from '../journal/change-log.ts';
import type { Poller } from '../polling/poller.ts';
import type { ChangeQueue } from './change-queue.ts';
import { toClusterSnapshot } from './evidence-readings.ts';
import type { Executor } from './executor.ts';

/** Deletions that wait until their cluster is idle. Each is bound to the cluster as it was when the deletion was requested. */
export interface DeferredDeletions {
  /** Takes over a change that the journal has with the result `waiting`: a new one, or one of an earlier process. */
  add(record: ChangeRecord): Promise<void>;
  /** Cancels it; false when it is not waiting: it never was, has ended, or is being sent. */
  cancel(changeId: string, who: string): Promise<boolean>;
  /** The deletions that wait, oldest first. The same array until `onChanged` is called again. */
  pending(): readonly WaitingDeletion[];
}

interface Entry {
  readonly record: ChangeRecord;
  readonly wanted: DeleteWhenIdleChange;
  readonly epoch: number;
  /** Idle for long enough: everything is being read once more. */
  readonly isChecking: boolean;
  readonly idleness: Idleness;
}

export function createDeferredDeletions(parts: {
  readonly store: FleetStore;
  readonly poller: Pick<Poller, 'refresh'>;
  readonly changeLog: Pick<ChangeLog, 'update'>;
  readonly clock: Clock;
  readonly queue: Pick<ChangeQueue, 'run'>;
  readonly executor: Pick<Executor, 'execute' | 'onSaveApplied'>;
  readonly authorRight: AuthorRight;
  /** Called when `pending()` has changed. */
  readonly onChanged: () => void;
}): DeferredDeletions {
  const { store, poller, changeLog, clock, queue, executor, authorRight, onChanged } = parts;
  /** By change id. */
  const entries = new Map<string, Entry>();
  let pending: readonly WaitingDeletion[] = [];

  function publish() {
    const next = [...entries.values()].map(toWaitingDeletion);
    if (JSON.stringify(next) === JSON.stringify(pending)) return;
    pending = next;
    onChanged();
  }

  /** Replaces what is known of an entry that still waits. */
  function update(id: string, change: Partial<Entry>) {
    const entry = entries.get(id);
    if (entry !== undefined) entries.set(id, { ...entry, ...change });
  }

  async function cancelEntry({ record }: Entry, why: Cancellation): Promise<void> {
    const { change } = record;
    entries.delete(change.id);
    publish();
    const result = { kind: 'cancelled', why } as const;
    await changeLog.update({ ...record, change: { ...change, result, settledAt: clock.now() } });
  }

  /** Judges one by what is known now: it is cancelled, or has been idle since a time, or is not idle. */
  function evaluate(id: string): void {
    bindToSession(id);
    const entry = entries.get(id);
    if (entry === undefined) return;
    const why = cancellationReason(entry);
    if (why !== null) {
      cancelEntry(entry, why).catch(() => undefined);
      return;
    }
    const found = readIdleness(entry.wanted.clusterId);
    if ('notIdle' in found) return update(id, { idleness: found });
    const idleness = continueIdle(entry.idleness, found);
    update(id, { idleness });
    const isDue = !entry.isChecking && idleness.asOf - idleness.since >= IDLE_PERIOD;
    if (isDue && authorRight(entry.record.change) === 'kept') void sendIfStillIdle(entry.record);
  }

  /** Records the Ray that a deletion was requested of once that is known: after a restart of the console another may answer. */
  function bindToSession(id: string) {
    const entry = entries.get(id);
    const session = store.state('identity').last?.value.sessionName ?? null;
    if (entry === undefined || entry.record.session !== null || session === null) return;
    if (entry.epoch !== store.epoch() || store.state('list').last === null) return;
    const record = { ...entry.record, session };
    update(id, { record });
    changeLog.update(record).catch(() => undefined);
  }

  /** Null while the deletion still stands. Nothing is judged before Ray's session is known. */
  function cancellationReason({ record, wanted, epoch }: Entry): Cancellation | null {
    if (authorRight(record.change) === 'lost') return { reason: 'right-withdrawn', who: record.change.who };
    const session = store.state('identity').last?.value.sessionName ?? null;
    if (epoch !== store.epoch()) return { reason: 'ray-restarted' };
    if (session === null || store.state('list').last === null) return null;
    if (record.session !== session) return { reason: 'ray-restarted' };
    const now = toClusterSnapshot(store.listedCluster(wanted.clusterId));
    if (now === null) return { reason: 'gone' };
    const { replicaSets, divisible } = wanted.base;
    if (now.divisible === divisible && sameReplicaSets(now.replicaSets, replicaSets)) return null;
    return { reason: 'changed', now, who: null };
  }

  function readIdleness(
    clusterId: string,
  ): { readonly notIdle: IdleBlocker } | { readonly asOf: number; readonly revision: Revision } {
    const cluster = store.fleet().clusters.get(clusterId);
    const usage = store.state('state').failure === null && store.state('state').last !== null ? 'state' : 'summary';
    let asOf = Number.POSITIVE_INFINITY;
    for (const name of ['identity', 'list', 'actors', usage] satisfies SourceName[]) {
      const { last, failure } = store.state(name);
      if (failure !== null) return { notIdle: { kind: 'unknown', reason: failure.reason, source: name } };
      // The first answer from Ray's cache may be of any age (fact 4).
      if (last === null || last.begunAt === Number.NEGATIVE_INFINITY)
        return { notIdle: { kind: 'unknown', reason: 'not-read-yet', source: name } };
      if (name !== 'identity') asOf = Math.min(asOf, last.begunAt);
    }
    if (cluster === undefined) return { notIdle: { kind: 'unknown', reason: 'not-read-yet', source: 'list' } };
    const notIdle = idleBlockerOf(cluster);
    return notIdle === null ? { asOf, revision: cluster.revision } : { notIdle };
  }

  /** In its turn, reads everything once more, and sends the delete only if that still shows the same cluster, idle. */
  async function sendIfStillIdle({ change }: ChangeRecord): Promise<void> {
    const { id } = change;
    update(id, { isChecking: true });
    try {
      await queue.run(change, async () => {
        const isRead = await readAll();
        const entry = entries.get(id);
        const mayStill = entry !== undefined && authorRight(entry.record.change) === 'kept';
        if (!isRead || !mayStill || !('since' in entry.idleness)) {
          update(id, { isChecking: false });
          return;
        }
        entries.delete(id);
        publish();
        const { record } = entry;
        const after = await executor.execute({ ...record, change: { ...record.change, result: null } }, 'deferred');
        if (after.change.result?.kind === 'waiting') await add(after);
      });
    } catch {
      // The journal can't be written, so nothing was sent. What had been sent before is looked for at the next start.
      update(id, { isChecking: false, idleness: notJudged });
    }
  }

  async function readAll(): Promise<boolean> {
    const read = await Promise.all(
      (['identity', 'list', 'actors', 'jobs', 'liveness'] as const).map((name) => poller.refresh(name)),
    );
    return read.every((isGood) => isGood) && ((await poller.refresh('state')) || (await poller.refresh('summary')));
  }

  async function add(record: ChangeRecord): Promise<void> {
    const { id, wanted } = record.change;
    if (!isDeferred(wanted)) throw new Error(`A change of kind ${wanted.kind} does not wait.`);
    const entry: Entry = { record, wanted, epoch: store.epoch(), isChecking: false, idleness: notJudged };
    const before = [...entries.values()].find((each) => each.wanted.clusterId === wanted.clusterId);
    if (before !== undefined && before.record.change.id !== id) {
      await cancelEntry(entry, { reason: 'asked-before', who: before.record.change.who });
      return;
    }
    entries.set(id, entry);
    evaluate(id);
    publish();
  }

  store.subscribe(() => {
    if (entries.size === 0) return;
    for (const id of entries.keys()) evaluate(id);
    publish();
  });

  // A deletion stands for the cluster as it was before the save.
  executor.onSaveApplied(async ({ wanted: { clusterId }, who }, now: ClusterSnapshot) => {
    const stale = [...entries.values()].filter((entry) => entry.wanted.clusterId === clusterId);
    await Promise.all(stale.map((entry) => cancelEntry(entry, { reason: 'changed', now, who })));
  });

  return {
    add,
    async cancel(changeId, who) {
      const entry = entries.get(changeId);
      if (entry === undefined) return false;
      await cancelEntry(entry, { reason: 'person', who });
      return true;
    },
    pending: () => pending,
  };
}

function isDeferred(request: ChangeRequest): request is DeleteWhenIdleChange {
  return request.kind === 'delete-when-idle';
}

function toWaitingDeletion({ record, wanted, idleness }: Entry): WaitingDeletion {
  const { id, who, askedAt, result } = record.change;
  const refusedAt = result?.kind === 'waiting' ? result.refusedAt : null;
  const idleSince = 'since' in idleness ? idleness.since : null;
  return { changeId: id, clusterId: wanted.clusterId, who, askedAt, idleSince, notIdle: idleness.notIdle, refusedAt };
}
