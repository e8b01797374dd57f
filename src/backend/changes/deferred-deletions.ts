import type { Clock } from '../../clock.ts';
import { IDLE_PERIOD, type WaitingDeletion } from '../../contract/fleet.ts';
import type { SourceName } from '../../domain/sourced.ts';
import { idleBlockerOf, type IdleBlocker } from '../../domain/idle.ts';
import { sameReplicaSets } from '../../domain/replica-sets.ts';
import type { Cancellation, ClusterSnapshot } from '../../domain/result.ts';
import type { Revision } from '../../domain/revision.ts';
import type { DeleteWhenIdleChange } from '../../domain/change.ts';
import type { ChangeLog, ChangeRecord } from '../journal/change-log.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import { toClusterSnapshot } from './evidence-readings.ts';
import type { Poller } from '../polling/poller.ts';

/** Between two readings further apart than this, ms, nobody knows what happened: then being idle begins anew. */
const MAX_READING_GAP = 3 * 60_000;

/** Deletions that wait until their cluster is idle. Each is bound to the cluster as it was when it was asked for. */
export interface DeferredDeletions {
  /** Takes up a change that the log has with the result `waiting`: a new one, or one from before the console's start. */
  add(record: ChangeRecord): Promise<void>;
  /** Calls it off; false when it doesn't wait: it never did, has ended, or is being sent. */
  cancel(changeId: string, who: string): Promise<boolean>;
  /** A save went through this console: no deletion that was asked for before it still stands for the cluster. */
  cancelForSave(clusterId: string, who: string, now: ClusterSnapshot): Promise<void>;
  /** It was sent, and nothing happened: `refusedAt` when Ray said that it is in use. It waits again, from the beginning. */
  requeue(record: ChangeRecord, refusedAt: number | null): Promise<void>;
}

interface DeferredDeletion {
  record: ChangeRecord;
  readonly wanted: DeleteWhenIdleChange;
  readonly epoch: number;
  /** `checking`: idle for long enough, and everything is read once more · `sending`: it can't be called off any more. */
  phase: 'waiting' | 'checking' | 'sending';
  idleSince: number | null;
  /** What the newest judged readings count as begun at. */
  asOf: number | null;
  revision: Revision | null;
  notIdle: IdleBlocker | null;
}

export function createDeferredDeletions(parts: {
  readonly model: FleetStore;
  readonly watch: Pick<Poller, 'refresh'>;
  readonly log: Pick<ChangeLog, 'update'>;
  readonly clock: Clock;
  /** Runs when no other change of the cluster is being sent. */
  readonly inTurn: (record: ChangeRecord, act: () => Promise<void>) => Promise<void>;
  /** Sends the delete and says what came of it. */
  readonly send: (record: ChangeRecord) => Promise<void>;
}): DeferredDeletions {
  const { model, watch, log, clock, inTurn, send } = parts;
  const entries = new Map<string, DeferredDeletion>();
  let published = '[]';

  /** Puts it on the screen, when anything about it has moved. */
  function publish() {
    const waiting = [...entries.values()].map(toWaitingDeletion);
    const next = JSON.stringify(waiting);
    if (next === published) return;
    published = next;
    model.annotate({ waiting });
  }

  async function end(entry: DeferredDeletion, why: Cancellation): Promise<void> {
    const { change } = entry.record;
    entries.delete(change.id);
    publish();
    await log.update({
      ...entry.record,
      change: { ...change, result: { kind: 'cancelled', why }, settledAt: clock.now() },
    });
  }

  /** Judges one by what is known now: it ends, or is idle since a time, or isn't. */
  function evaluate(entry: DeferredDeletion): void {
    if (entry.phase === 'sending') return;
    const why = cancellationReason(entry);
    if (why !== null) return void end(entry, why).catch(() => undefined);
    const found = readIdleness(entry);
    if ('notIdle' in found) {
      entry.idleSince = null;
      entry.asOf = null;
      entry.notIdle = found.notIdle;
      return;
    }
    const { asOf, revision } = found;
    const isBroken = entry.asOf === null || asOf - entry.asOf > MAX_READING_GAP || revision !== entry.revision;
    // A job that came and went between two readings has moved the revision (fact 6).
    if (entry.idleSince === null || isBroken) entry.idleSince = asOf;
    entry.asOf = asOf;
    entry.revision = revision;
    entry.notIdle = null;
    if (entry.phase === 'waiting' && asOf - entry.idleSince >= IDLE_PERIOD) void sendIfStillIdle(entry);
  }

  /** Why it can't stand any more; null while it can. Nothing is judged before Ray has told which session it is. */
  function cancellationReason(entry: DeferredDeletion): Cancellation | null {
    const session = model.state('identity').last?.value.sessionName ?? null;
    if (entry.epoch !== model.epoch()) return { reason: 'ray-restarted' };
    if (session === null || model.state('list').last === null) return null;
    if (entry.record.session === null) bindToSession(entry, session);
    else if (entry.record.session !== session) return { reason: 'ray-restarted' };
    const now = toClusterSnapshot(model.listedCluster(entry.wanted.clusterId));
    if (now === null) return { reason: 'gone' };
    const { replicaSets, divisible } = entry.wanted.base;
    if (now.divisible === divisible && sameReplicaSets(now.replicaSets, replicaSets)) return null;
    return { reason: 'changed', now, who: null };
  }

  /** Notes which Ray it was asked of, as soon as that is known: after a restart of the console it tells another one. */
  function bindToSession(entry: DeferredDeletion, session: string) {
    entry.record = { ...entry.record, session };
    log.update(entry.record).catch(() => undefined);
  }

  function readIdleness(
    entry: DeferredDeletion,
  ): { readonly notIdle: IdleBlocker } | { readonly asOf: number; readonly revision: Revision } {
    const cluster = model.fleet().clusters.get(entry.wanted.clusterId);
    const usage = model.state('state').failure === null && model.state('state').last !== null ? 'state' : 'summary';
    let asOf = Number.POSITIVE_INFINITY;
    for (const name of ['identity', 'list', 'actors', usage] satisfies SourceName[]) {
      const { last, failure } = model.state(name);
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

  /** Reads everything afresh in its turn, and sends the delete only if that still shows the same cluster, idle. */
  async function sendIfStillIdle(entry: DeferredDeletion): Promise<void> {
    entry.phase = 'checking';
    try {
      await inTurn(entry.record, async () => {
        if (!(await readAll()) || !entries.has(entry.record.change.id) || entry.idleSince === null) {
          entry.phase = 'waiting';
          return;
        }
        entry.phase = 'sending';
        entries.delete(entry.record.change.id);
        publish();
        await send(entry.record);
      });
    } catch {
      // The journal can't be written. Nothing was sent before it was noted there: what was is looked for at the next start.
      entry.phase = 'waiting';
      entry.idleSince = null;
    }
  }

  async function readAll(): Promise<boolean> {
    const read = await Promise.all(
      (['identity', 'list', 'actors', 'jobs', 'liveness'] as const).map((name) => watch.refresh(name)),
    );
    return read.every((good) => good) && ((await watch.refresh('state')) || (await watch.refresh('summary')));
  }

  model.subscribe(() => {
    if (entries.size === 0) return;
    for (const entry of entries.values()) evaluate(entry);
    publish();
  });

  async function add(record: ChangeRecord): Promise<void> {
    const { wanted, id } = record.change;
    if (wanted.kind !== 'delete-when-idle') return;
    const entry: DeferredDeletion = {
      record,
      wanted,
      epoch: model.epoch(),
      phase: 'waiting',
      idleSince: null,
      asOf: null,
      revision: null,
      notIdle: null,
    };
    const before = [...entries.values()].find((each) => each.wanted.clusterId === wanted.clusterId);
    if (before !== undefined && before.record.change.id !== id) {
      await end(entry, { reason: 'asked-before', who: before.record.change.who });
      return;
    }
    entries.set(id, entry);
    evaluate(entry);
    publish();
  }

  return {
    add: add,
    async cancel(changeId, who) {
      const entry = entries.get(changeId);
      if (entry === undefined) return false;
      await end(entry, { reason: 'person', who });
      return true;
    },
    async cancelForSave(clusterId, who, now) {
      const stale = [...entries.values()].filter((entry) => entry.wanted.clusterId === clusterId);
      await Promise.all(stale.map((entry) => end(entry, { reason: 'changed', now, who })));
    },
    async requeue(record, refusedAt) {
      const waits: ChangeRecord = { ...record, change: { ...record.change, result: { kind: 'waiting', refusedAt } } };
      await log.update(waits);
      await add(waits);
    },
  };
}

function toWaitingDeletion({ record, wanted, idleSince, notIdle }: DeferredDeletion): WaitingDeletion {
  const { id, who, askedAt, result } = record.change;
  const refusedAt = result?.kind === 'waiting' ? result.refusedAt : null;
  return { changeId: id, clusterId: wanted.clusterId, who, askedAt, idleSince, notIdle, refusedAt };
}
