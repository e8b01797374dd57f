import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import type { AuthMethod } from '../../contract/auth-method.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { isSettled } from '../../domain/result.ts';
import type { Ray } from '../../ray/client/client.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ChangeRecord } from '../journal/change-log.ts';
import { createDeferredDeletions } from './deferred-deletions.ts';
import { createAttemptRecorder, type ChangeAttempt } from './change-attempt.ts';
import { createOutcomeHandler } from './outcome-handler.ts';
import type { BufferedChangeLog } from '../journal/buffered-change-log.ts';
import { createKeyedQueue } from '../concurrency/keyed-queue.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { WritePriority } from '../polling/write-priority.ts';
import { createExecutor } from './executor.ts';
import { queueKey } from '../../domain/change-kinds.ts';
import type { Reconciler } from './reconciler.ts';
import type { Poller } from '../polling/poller.ts';

/** One write asked for. */
interface ChangeSubmission {
  readonly id: string;
  readonly request: ChangeRequest;
  readonly actor: string;
  readonly address: string;
  readonly authMethod: AuthMethod;
}

/** Sends changes, one after the other for each cluster; settles and remembers them. */
export interface ChangeService {
  /**
   * Does what a page asked for, once for each id. Resolves with the change as soon as it is settled, or looked for in
   * vain, or after `ANSWER_WITHIN` as it is then. Null: the id stands for another change already. Rejects with
   * `JournalUnwritable` when it can't be remembered, and then nothing was sent.
   */
  submit(asked: ChangeSubmission): Promise<Change | null>;
  /** A script's write: sent once as it is, never again. `asked` null: it is none that could be remembered. */
  submitScript<T extends { readonly outcome: Outcome | null }>(
    asked: ChangeSubmission | null,
    queue: string,
    send: () => Promise<T>,
  ): Promise<T>;
  /** The change as it is; one whose outcome is not known is looked for first. */
  check(id: string): Promise<Change | null>;
  /** Calls a deletion off that waits; false when it doesn't: it never did, has ended, or is being sent. */
  cancel(id: string, who: string): Promise<boolean>;
  /** Takes up the deletions that waited when the console ended. */
  resumeWaiting(): Promise<void>;
  /** Whether a delete of the cluster went out so lately that its absence may be our own doing, whatever Ray answered. */
  wasRecentlyRemoved(clusterId: string): boolean;
  /** Resolves when nothing is being sent any more. */
  idle(): Promise<void>;
}

/** The longest that an answer is waited for before the page is told to ask again, ms. */
const RESPONSE_TIMEOUT = 15_000;

/** How long after a delete was sent the list may show for the first time that it happened, ms. */
const REMOVAL_VISIBLE_WITHIN = 60_000;

export function createChangeService(parts: {
  readonly ray: Ray;
  readonly model: FleetStore;
  readonly watch: Poller;
  readonly log: BufferedChangeLog;
  readonly settling: Reconciler;
  readonly clock: Clock;
  readonly writePriority: WritePriority;
}): ChangeService {
  const { ray, model, watch, log, settling, clock, writePriority } = parts;
  const queues = createKeyedQueue();
  const inFlight = new Map<string, Promise<void>>();
  /** When a delete of each cluster was last sent, by its id. */
  const removalSentAt = new Map<string, number>();
  /** Writes that are not remembered; waited for all the same. */
  const unrecorded = new Set<Promise<unknown>>();
  const recorder = createAttemptRecorder({ model, log, clock });
  const outcomeHandler = createOutcomeHandler({
    model,
    watch,
    noting: recorder,
    settling,
    waiting: () => deferredDeletions,
  });
  const recordRemoval = (clusterId: string) => void removalSentAt.set(clusterId, clock.now());
  const executor = createExecutor({ ray, model, noting: recorder, ending: outcomeHandler, removing: recordRemoval });
  const deferredDeletions = createDeferredDeletions({ ...parts, inTurn: enqueue, send: sendDeferred });

  /**
   * Remembers the change and does it in its turn; null when its id is taken by another one. Its intent makes it durable, and
   * whatever tells of it before. `settled`: the change once it is.
   */
  async function start(
    asked: ChangeSubmission,
    by: Change['by'],
    act: (now: ChangeAttempt) => Promise<void>,
  ): Promise<{ done: Promise<void>; settled: () => Change | null } | null> {
    const record: ChangeRecord = {
      change: newChange(asked, by, clock.now()),
      sentOn: null,
      membersBefore: null,
      session: null,
    };
    ray.expectWrite();
    const there = await log.add(record, 'before-told');
    if (there !== null) {
      if (canonicalJson(there.change.wanted) !== canonicalJson(asked.request)) return null;
      return { done: inFlight.get(asked.id) ?? settling.checkNow(asked.id), settled: () => null };
    }
    const ended = writePriority.beginWrite();
    let now: ChangeAttempt | null = null;
    const begun = () => act((now = recorder.start(record)));
    const done = queues.run(queueKey(asked.request), begun).finally(() => {
      ended();
      inFlight.delete(asked.id);
    });
    inFlight.set(asked.id, done);
    // Whoever asked hears of a failure; when they went away, nobody needs to.
    done.catch(() => undefined);
    return { done, settled: () => (now !== null && isSettled(now.record.change.result) ? now.record.change : null) };
  }

  /** Remembers a deletion that waits, and lets it wait; null when its id is taken by another change. */
  async function startDeferred(asked: ChangeSubmission): Promise<Change | null> {
    const change: Change = { ...newChange(asked, 'page', clock.now()), result: { kind: 'waiting', refusedAt: null } };
    const record: ChangeRecord = { change, sentOn: null, membersBefore: null, session: null };
    const there = await log.add(record);
    if (there !== null)
      return canonicalJson(there.change.wanted) === canonicalJson(asked.request) ? there.change : null;
    await deferredDeletions.add(record);
    return (await log.get(asked.id))?.change ?? change;
  }

  function enqueue({ change }: ChangeRecord, act: () => Promise<void>): Promise<void> {
    const done = queues.run(queueKey(change.wanted), act).finally(() => inFlight.delete(change.id));
    inFlight.set(change.id, done);
    return done;
  }

  /** Sends a delete whose cluster has become idle. While Ray says that it is in use, or hears nothing, it waits on. */
  async function sendDeferred(record: ChangeRecord): Promise<void> {
    const now = recorder.start({ ...record, change: { ...record.change, result: null } });
    const outcome = await executor.remove(now);
    if (outcome.kind === 'not-found') return recorder.settle(now, { kind: 'cancelled', why: { reason: 'gone' } });
    if (outcome.kind !== 'in-use' && outcome.kind !== 'unreachable') return outcomeHandler.handle(now, outcome, null);
    await deferredDeletions.requeue(now.record, outcome.kind === 'in-use' ? clock.now() : null);
    watch.refreshAfterWrite();
  }

  return {
    async submit(asked) {
      if (asked.request.kind === 'delete-when-idle') return startDeferred(asked);
      const begun = await start(asked, 'page', (now) => executor.execute(now));
      if (begun === null) return null;
      await withTimeout(begun.done, clock);
      return begun.settled() ?? (await log.get(asked.id))?.change ?? null;
    },
    async submitScript(asked, queue, send) {
      if (asked === null) {
        const sent = queues.run(queue, async () => {
          const reply = await send();
          watch.refreshAfterWrite();
          return reply;
        });
        unrecorded.add(sent);
        return sent.finally(() => unrecorded.delete(sent));
      }
      return new Promise((resolve, reject) => {
        start(asked, 'script', (now) => executor.passThrough(now, send, resolve)).then(
          (begun) => begun?.done.catch(reject),
          reject,
        );
      });
    },
    async check(id) {
      await withTimeout(inFlight.get(id) ?? settling.checkNow(id), clock);
      return (await log.get(id))?.change ?? null;
    },
    cancel: (id, who) => deferredDeletions.cancel(id, who),
    async resumeWaiting() {
      for (const record of await log.open())
        if (record.change.result?.kind === 'waiting') await deferredDeletions.add(record);
    },
    wasRecentlyRemoved: (clusterId) =>
      clock.now() - (removalSentAt.get(clusterId) ?? Number.NEGATIVE_INFINITY) < REMOVAL_VISIBLE_WITHIN,
    async idle() {
      await Promise.allSettled([...inFlight.values(), ...unrecorded]);
    },
  };
}

function newChange(
  { id, request, actor, address, authMethod }: ChangeSubmission,
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
  };
}

/** Waits for something, but not longer than an answer may take. */
function withTimeout(done: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(RESPONSE_TIMEOUT, resolve);
    done.then(resolve, reject).finally(cancel);
  });
}
