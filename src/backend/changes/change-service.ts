import type { Clock } from '../../clock.ts';
import type { AuthMethod } from '../../contract/auth-method.ts';
import type { Change } from '../../contract/change.ts';
import type { WaitingDeletion } from '../../contract/fleet.ts';
import { traitsOf } from '../../domain/change-kinds.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { isSettled } from '../../domain/result.ts';
import type { Ray } from '../../ray/client/ray.ts';
import type { AuthorRight } from '../auth/author-right.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { BufferedChangeLog } from '../journal/buffered-change-log.ts';
import type { ChangeRecord } from '../journal/change-log.ts';
import type { Poller } from '../polling/poller.ts';
import type { WritePriority } from '../polling/write-priority.ts';
import { withTimeout } from '../concurrency/with-timeout.ts';
import { canonicalJson } from './canonical-json.ts';
import { createChangeQueue } from './change-queue.ts';
import { createDeferredDeletions } from './deferred-deletions.ts';
import { createExecutor } from './executor.ts';
import type { Reconciler } from './reconciler.ts';

/** One requested write. */
interface ChangeSubmission {
  readonly id: string;
  readonly request: ChangeRequest;
  readonly actor: string;
  readonly address: string;
  readonly authMethod: AuthMethod;
  /** The plan that it is a step of. */
  readonly plan?: string;
}

/** Takes changes, sends those of each cluster one after the other, and remembers the outcomes. */
export interface ChangeService {
  /**
   * Carries out what a page requests, once for each id. Resolves with the change once it is settled, or could not be found,
   * or after `RESPONSE_TIMEOUT` as it is then. `id-taken`: the id already stands for another change; `abandoned`: it was
   * given up before it arrived. Rejects with `JournalUnwritable` when it cannot be recorded, and then nothing was sent.
   */
  submit(submission: ChangeSubmission): Promise<Change | 'id-taken' | 'abandoned'>;
  /**
   * A script's write: sent once as it is, never again. Resolves with Ray's reply; null: it was not sent, since it edits a
   * cluster that this console deleted.
   */
  submitScript<T extends { readonly outcome: Outcome | null }>(
    submission: ChangeSubmission,
    send: () => Promise<T>,
  ): Promise<T | null>;
  /** The change as it is; one whose outcome is unknown is looked for first. */
  check(id: string): Promise<Change | null>;
  /** Refuses a change of the cluster that has not arrived, from now on; null. One that has is returned as by `check`. */
  abandon(id: string, clusterId: string, who: string): Promise<Change | null>;
  /** Cancels a deferred deletion; false when it is not waiting: it never was, has ended, or is being sent. */
  cancel(id: string, who: string): Promise<boolean>;
  /** The deletions that wait until their cluster is idle. */
  pendingDeletions(): readonly WaitingDeletion[];
  /** Takes over the deletions that were waiting when an earlier process ended. */
  resumeWaiting(): Promise<void>;
  /** Whether a delete of the cluster was sent so recently that its absence may be our own doing, whatever Ray answered. */
  wasRecentlyRemoved(clusterId: string): boolean;
  /** Resolves when nothing is being sent any more. */
  idle(): Promise<void>;
}

/** The longest that a response is held back before the page has to check again, ms. */
const RESPONSE_TIMEOUT = 15_000;

/** How long after a delete was sent the list may first show that it happened, ms. */
const REMOVAL_VISIBLE_WITHIN = 60_000;

export function createChangeService(parts: {
  readonly ray: Ray;
  readonly store: FleetStore;
  readonly poller: Poller;
  readonly changeLog: BufferedChangeLog;
  readonly reconciler: Reconciler;
  readonly clock: Clock;
  readonly writePriority: WritePriority;
  readonly authorRight: AuthorRight;
  /** Called when `pendingDeletions()` has changed. */
  readonly onPendingDeletionsChanged: () => void;
}): ChangeService {
  const { ray, changeLog, reconciler, clock, writePriority } = parts;
  /** When a delete of each cluster was last sent, by its id. */
  const removalSentAt = new Map<string, number>();
  const wasRecentlyRemoved = (clusterId: string) =>
    clock.now() - (removalSentAt.get(clusterId) ?? Number.NEGATIVE_INFINITY) < REMOVAL_VISIBLE_WITHIN;
  const queue = createChangeQueue();
  const executor = createExecutor({
    ...parts,
    onRemoval: (clusterId) => void removalSentAt.set(clusterId, clock.now()),
    wasRecentlyRemoved,
  });
  const deferredDeletions = createDeferredDeletions({
    ...parts,
    queue,
    executor,
    onChanged: parts.onPendingDeletionsChanged,
  });

  /**
   * Records the change and carries it out in its turn, unless its id was given up or stands for another one. Its intent
   * makes it durable, or being read before that. `done`: the record as it ended; null for a change that was submitted before.
   */
  async function start(
    submission: ChangeSubmission,
    by: Change['by'],
    act: (record: ChangeRecord) => Promise<ChangeRecord>,
  ): Promise<{ readonly done: Promise<ChangeRecord | null> } | 'id-taken' | 'abandoned'> {
    const record = newRecord(newChange(submission, by, clock.now()));
    ray.expectWrite();
    const existing = await changeLog.add(record, 'before-visible');
    if (existing === 'abandoned') return existing;
    if (existing !== null) {
      if (!isSameRequest(existing, submission)) return 'id-taken';
      const ended = queue.inFlight(submission.id) ?? reconciler.checkNow(submission.id);
      return { done: ended.then(() => null) };
    }
    const done = queue.run(record.change, () => act(record), writePriority.beginWrite());
    // Callers that await it see a failure; without one it must not become an unhandled rejection.
    done.catch(() => undefined);
    return { done };
  }

  /** Records a deletion that waits. */
  async function startDeferred(submission: ChangeSubmission): Promise<Change | 'id-taken' | 'abandoned'> {
    const change: Change = {
      ...newChange(submission, 'page', clock.now()),
      result: { kind: 'waiting', refusedAt: null },
    };
    const record = newRecord(change);
    const existing = await changeLog.add(record);
    if (existing === 'abandoned') return existing;
    if (existing !== null) return isSameRequest(existing, submission) ? existing.change : 'id-taken';
    await deferredDeletions.add(record);
    return (await changeLog.get(submission.id))?.change ?? change;
  }

  async function check(id: string): Promise<Change | null> {
    await withTimeout(clock, RESPONSE_TIMEOUT, queue.inFlight(id) ?? reconciler.checkNow(id));
    return (await changeLog.get(id))?.change ?? null;
  }

  return {
    async submit(submission) {
      if (traitsOf(submission.request).waits) return startDeferred(submission);
      const started = await start(submission, 'page', (record) => executor.execute(record, 'page'));
      if (typeof started === 'string') return started;
      const ended = await withTimeout(clock, RESPONSE_TIMEOUT, started.done);
      if (ended !== null && isSettled(ended.change.result)) return ended.change;
      return (await changeLog.get(submission.id))?.change ?? 'id-taken';
    },
    // A script gets Ray's reply before the console has recorded the outcome.
    submitScript: (submission, send) =>
      new Promise((resolve, reject) => {
        start(submission, 'script', (record) => executor.executeScript(record, send, resolve)).then((started) => {
          if (typeof started === 'string') reject(new Error('The id of a new change stands for another one.'));
          else started.done.then(() => resolve(null), reject);
        }, reject);
      }),
    check,
    async abandon(id, clusterId, who) {
      const arrived = await changeLog.abandon({ id, clusterId, who, at: clock.now() });
      return arrived === null ? null : check(id);
    },
    cancel: (id, who) => deferredDeletions.cancel(id, who),
    pendingDeletions: () => deferredDeletions.pending(),
    async resumeWaiting() {
      for (const record of await changeLog.open())
        if (record.change.result?.kind === 'waiting') await deferredDeletions.add(record);
    },
    wasRecentlyRemoved,
    idle: () => queue.idle(),
  };
}

/** Whether a recorded change is the same one, submitted again. */
function isSameRequest({ change }: ChangeRecord, { request }: ChangeSubmission): boolean {
  return canonicalJson(change.wanted) === canonicalJson(request);
}

function newRecord(change: Change): ChangeRecord {
  return { change, sentOn: null, membersBefore: null, session: null };
}

function newChange(
  { id, request, actor, address, authMethod, plan }: ChangeSubmission,
  by: Change['by'],
  askedAt: number,
): Change {
  return {
    id,
    wanted: request,
    who: actor,
    address,
    via: authMethod,
    by,
    askedAt,
    settledAt: null,
    attempts: 0,
    before: null,
    result: null,
    moved: null,
    ...(plan === undefined ? {} : { plan }),
  };
}
