import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import type { Attempt, AttemptEffect, AttemptEvent, AttemptState, RemoteReading } from '../../domain/change-attempt.ts';
import { editBaseOf } from '../../domain/change-kinds.ts';
import { nextStep } from '../../domain/change-machine.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { countByTemplate, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { ClusterSnapshot, Result } from '../../domain/result.ts';
import { NO_REVISION, type Revision } from '../../domain/revision.ts';
import type { Ray } from '../../ray/client/ray.ts';
import type { Moment } from '../fleet/moment.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { BufferedChangeLog } from '../journal/buffered-change-log.ts';
import type { ChangeRecord } from '../journal/change-log.ts';
import type { Poller } from '../polling/poller.ts';
import { knownMembers, toClusterSnapshot } from './evidence-readings.ts';
import { membershipDiff } from './membership-diff.ts';
import type { Reconciler } from './reconciler.ts';
import { createRemovalCheck, unreadList } from './removal-check.ts';

/** Performs the effects of a change attempt: `domain/change-machine.ts` decides what happens, this does it. */
export interface Executor {
  /**
   * Carries out one attempt. Resolves with the record as the attempt left it: settled, unknown or waiting. Rejects with
   * `JournalUnwritable` when nothing was sent because the intent could not be recorded.
   */
  execute(record: ChangeRecord, origin: 'page' | 'deferred'): Promise<ChangeRecord>;
  /**
   * Sends a script's request once, by `send`, unless it would bring back what the console deleted. `onReply` gets the reply
   * before anything is recorded of it.
   */
  executeScript<T extends { readonly outcome: Outcome | null }>(
    record: ChangeRecord,
    send: () => Promise<T>,
    onReply: (reply: T) => void,
  ): Promise<ChangeRecord>;
  /** Calls back when a save went through, before the store shows it. `now`: the cluster as the save left it. */
  onSaveApplied(listener: SaveListener): void;
}

type SaveListener = (change: Change, now: ClusterSnapshot) => Promise<void>;

/** What is known of an attempt that is under way. */
interface Progress {
  readonly record: ChangeRecord;
  /** The Ray that it was last sent to: its answer says nothing of another one. */
  readonly epoch: number;
  /** What the list that `record.change.before` comes from counts as read at; null: there was none. */
  readonly listReadAt: Moment | null;
  readonly answeredAt: Moment;
}

interface Performed {
  readonly progress: Progress;
  readonly event?: AttemptEvent;
  /** What goes on beside the next effects; the attempt ends after it. */
  readonly beside?: Promise<unknown>;
}

/** Sends the request to Ray; null for a reply that says nothing of a write. */
type Send = (request: ChangeRequest, sentOn: Revision | null) => Promise<Outcome | null>;

export function createExecutor(parts: {
  readonly ray: Ray;
  readonly store: FleetStore;
  readonly poller: Pick<Poller, 'refresh' | 'refreshAfterWrite'>;
  readonly changeLog: Pick<BufferedChangeLog, 'recordIntent' | 'update' | 'find' | 'read' | 'get'>;
  readonly reconciler: Pick<Reconciler, 'recordAppliedWrite' | 'track' | 'checkNow'>;
  readonly clock: Clock;
  /** Called just before the intent to remove a cluster is recorded. */
  readonly onRemoval: (clusterId: string) => void;
  /** Whether a removal was sent so recently that the list may not show it yet. */
  readonly wasRecentlyRemoved: (clusterId: string) => boolean;
}): Executor {
  const { ray, store, poller, changeLog, reconciler, clock, onRemoval } = parts;
  const checkRemoval = createRemovalCheck(parts);
  const saveListeners: SaveListener[] = [];

  async function run(attempt: Attempt, record: ChangeRecord, send: Send): Promise<ChangeRecord> {
    let progress: Progress = { record, epoch: store.epoch(), listReadAt: null, answeredAt: store.moment() };
    let state: AttemptState = { phase: 'ready', attempts: record.change.attempts };
    let event: AttemptEvent | undefined = { kind: 'started' };
    while (event !== undefined) {
      const step = nextStep(attempt, state, event);
      const beside: Promise<unknown>[] = [];
      state = step.state;
      event = undefined;
      for (const effect of step.effects) {
        const performed: Performed = await perform(effect, progress, send);
        progress = performed.progress;
        event = performed.event;
        if (performed.beside !== undefined) beside.push(performed.beside);
      }
      if (beside.length > 0) await Promise.all(beside);
    }
    return progress.record;
  }

  async function perform(effect: AttemptEffect, progress: Progress, send: Send): Promise<Performed> {
    const { record } = progress;
    const { change } = record;
    const { wanted } = change;
    switch (effect.kind) {
      case 'read-remote':
        return { progress, event: { kind: 'remote-read', remote: await readRemote(wanted) } };
      case 'check-removal':
        return { progress, event: { kind: 'removal-checked', removal: await checkRemoval(wanted.clusterId) } };
      case 'mark-removal':
        onRemoval(wanted.clusterId);
        return { progress };
      case 'capture-before':
        return { progress: captureBefore(progress) };
      case 'record-intent':
        return recordIntent(progress, effect.sentOn);
      case 'send': {
        const outcome = await send(wanted, effect.sentOn);
        const answered = { ...progress, answeredAt: store.moment() };
        if (outcome === null) return { progress: answered };
        const replicaSetsSentOn = outcome.kind === 'shortage' ? replicaSetsAt(wanted.clusterId, effect.sentOn) : null;
        return { progress: answered, event: { kind: 'answered', outcome, replicaSetsSentOn } };
      }
      case 'rule-out-earlier-writes': {
        // Only where the list had the cluster on that revision: Ray takes any for a cluster that is gone (fact 5).
        const wasListedOnIt = change.before?.revision === effect.sentOn;
        if (wasListedOnIt && progress.listReadAt !== null) {
          await reconciler.recordAppliedWrite(wanted.clusterId, effect.sentOn, progress.listReadAt);
        }
        return { progress };
      }
      case 'cancel-deferred-deletions':
        return { progress, beside: Promise.all(saveListeners.map((listener) => listener(change, effect.now))) };
      case 'fold-in':
        if (progress.epoch === store.epoch()) {
          const asSent = effect.onlyAsSent ? (change.before?.revision ?? null) : undefined;
          store.applyWrite(wanted.clusterId, effect.cluster, progress.answeredAt, asSent);
        }
        return { progress };
      case 'settle': {
        const moved = membershipDiff(wanted.clusterId, store.lastFleet(), record.membersBefore, effect.membersAfter);
        return { progress: await save(progress, { result: effect.result, moved, settledAt: clock.now() }) };
      }
      case 'wait-again': {
        const result: Result = { kind: 'waiting', refusedAt: effect.wasRefused ? clock.now() : null };
        return { progress: await save(progress, { result }) };
      }
      case 'watch-for': {
        const result: Result = { kind: 'unknown', cause: effect.cause, lookedAt: null };
        const unknown = await save(progress, { result });
        await reconciler.track(unknown.record, progress.answeredAt, progress.epoch);
        await reconciler.checkNow(change.id);
        return { progress: unknown };
      }
      case 'refresh':
        poller.refreshAfterWrite();
        return { progress };
      case 'fail':
        throw effect.error;
    }
  }

  async function readRemote(request: ChangeRequest): Promise<RemoteReading> {
    let isRead = await poller.refresh('list');
    // Another Ray was noticed meanwhile, and the reading of the one before was dropped, so the list is empty for now.
    if (isRead && store.listMoment() === null) isRead = await poller.refresh('list');
    if (!isRead || store.listMoment() === null) return unreadList(store);
    const listed = store.listedCluster(request.clusterId);
    const cluster = toClusterSnapshot(listed);
    if (listed === null || cluster === null) return { kind: 'gone' };
    const base = editBaseOf(request);
    const membersOfBase = base === null ? null : store.membersAt(request.clusterId, base.revision);
    return { kind: 'found', cluster, members: listed.members, membersOfBase };
  }

  function captureBefore(progress: Progress): Progress {
    const { record } = progress;
    const { change } = record;
    const before = toClusterSnapshot(store.listedCluster(change.wanted.clusterId));
    const membersBefore = knownMembers(store, change.wanted);
    return {
      ...progress,
      listReadAt: store.listMoment(),
      record: { ...record, change: { ...change, before }, membersBefore },
    };
  }

  async function recordIntent(progress: Progress, sentOn: Revision | null): Promise<Performed> {
    const { change } = progress.record;
    const session = store.state('identity').last?.value.sessionName ?? null;
    const attempts = change.attempts + 1;
    const record: ChangeRecord = { ...progress.record, sentOn, session, change: { ...change, attempts } };
    try {
      await changeLog.recordIntent(record);
    } catch (error) {
      return { progress, event: { kind: 'intent-failed', error } };
    }
    return { progress: { ...progress, record, epoch: store.epoch() }, event: { kind: 'intent-recorded' } };
  }

  async function save(progress: Progress, change: Partial<Change>): Promise<Progress> {
    const record = { ...progress.record, change: { ...progress.record.change, ...change } };
    await changeLog.update(record);
    return { ...progress, record };
  }

  const sendToRay: Send = (request, sentOn) => {
    const { clusterId } = request;
    switch (request.kind) {
      case 'save': {
        const { divisible, want: replicaSets, base } = request;
        const cluster = store.listedCluster(clusterId);
        const held = cluster === null ? (base?.replicaSets ?? {}) : countByTemplate(cluster.members.values());
        return ray.save({ clusterId, divisible, replicaSets, revision: sentOn ?? NO_REVISION, held });
      }
      case 'delete':
      case 'delete-when-idle':
      case 'release':
        return ray.remove(clusterId);
      case 'stop-job':
        return ray.stopJob(request.submissionId);
    }
  };

  function replicaSetsAt(clusterId: string, revision: Revision | null): ReplicaSets | null {
    const members = revision === null ? null : store.membersAt(clusterId, revision);
    return members === null ? null : countByTemplate(members.values());
  }

  return {
    execute: (record, origin) => run({ request: record.change.wanted, origin }, record, sendToRay),
    executeScript: (record, send, onReply) =>
      run({ request: record.change.wanted, origin: 'script' }, record, async () => {
        const reply = await send();
        onReply(reply);
        return reply.outcome;
      }),
    onSaveApplied: (listener) => void saveListeners.push(listener),
  };
}
