import type { Clock } from '../clock.ts';
import type { Change } from '../contract/change.ts';
import type { Via } from '../contract/via.ts';
import type { WantedChange } from '../domain/change.ts';
import type { Outcome } from '../domain/outcome.ts';
import { isSettled } from '../domain/result.ts';
import type { Ray } from '../ray/client.ts';
import { canonical } from './canonical.ts';
import type { ChangeRecord } from './change-log.ts';
import { createDeleteWhenIdle } from './delete-when-idle.ts';
import { createNoting, type Doing } from './doing.ts';
import { createEnding } from './ending.ts';
import type { Journal } from './journal.ts';
import { createQueues } from './queue.ts';
import type { ReadModel } from './read-model.ts';
import type { RightOfWay } from './right-of-way.ts';
import { createSending } from './sending.ts';
import { queueOf, type Settling } from './settling.ts';
import type { Watch } from './watch.ts';

/** One write asked for. */
interface Asked {
  readonly id: string;
  readonly wanted: WantedChange;
  readonly who: string;
  readonly address: string;
  readonly via: Via;
}

/** Sends changes, one after the other for each cluster; settles and remembers them. */
export interface Changes {
  /**
   * Does what a page asked for, once for each id. Resolves with the change as soon as it is settled, or looked for in
   * vain, or after `ANSWER_WITHIN` as it is then. Null: the id stands for another change already. Rejects with
   * `JournalUnwritable` when it can't be remembered, and then nothing was sent.
   */
  put(asked: Asked): Promise<Change | null>;
  /** A script's write: sent once as it is, never again. `asked` null: it is none that could be remembered. */
  script<T extends { readonly outcome: Outcome | null }>(
    asked: Asked | null,
    queue: string,
    send: () => Promise<T>,
  ): Promise<T>;
  /** The change as it is; one whose outcome is not known is looked for first. */
  look(id: string): Promise<Change | null>;
  /** Calls a deletion off that waits; false when it doesn't: it never did, has ended, or is being sent. */
  cancel(id: string, who: string): Promise<boolean>;
  /** Takes up the deletions that waited when the console ended. */
  resumeWaiting(): Promise<void>;
  /** Whether a delete of the cluster went out so lately that its absence may be our own doing, whatever Ray answered. */
  isJustRemoved(clusterId: string): boolean;
  /** Resolves when nothing is being sent any more. */
  idle(): Promise<void>;
}

/** The longest that an answer is waited for before the page is told to ask again, ms. */
const ANSWER_WITHIN = 15_000;

/** How long after a delete was sent the list may show for the first time that it happened, ms. */
const REMOVAL_SHOWS_WITHIN = 60_000;

export function createChanges(parts: {
  readonly ray: Ray;
  readonly model: ReadModel;
  readonly watch: Watch;
  readonly log: Journal;
  readonly settling: Settling;
  readonly clock: Clock;
  readonly rightOfWay: RightOfWay;
}): Changes {
  const { ray, model, watch, log, settling, clock, rightOfWay } = parts;
  const queues = createQueues();
  const doing = new Map<string, Promise<void>>();
  /** When a delete of each cluster was last sent, by its id. */
  const removals = new Map<string, number>();
  /** Writes that are not remembered; waited for all the same. */
  const unremembered = new Set<Promise<unknown>>();
  const noting = createNoting({ model, log, clock });
  const ending = createEnding({ model, watch, noting, settling, waiting: () => waiting });
  const removing = (clusterId: string) => void removals.set(clusterId, clock.now());
  const sending = createSending({ ray, model, noting, ending, removing });
  const waiting = createDeleteWhenIdle({ ...parts, inTurn, send: sendWaiting });

  /**
   * Remembers the change and does it in its turn; null when its id is taken by another one. Its intent makes it durable, and
   * whatever tells of it before. `settled`: the change once it is.
   */
  async function begin(
    asked: Asked,
    by: Change['by'],
    act: (now: Doing) => Promise<void>,
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
      if (canonical(there.change.wanted) !== canonical(asked.wanted)) return null;
      return { done: doing.get(asked.id) ?? settling.look(asked.id), settled: () => null };
    }
    const ended = rightOfWay.write();
    let now: Doing | null = null;
    const begun = () => act((now = noting.start(record)));
    const done = queues.run(queueOf(asked.wanted), begun).finally(() => {
      ended();
      doing.delete(asked.id);
    });
    doing.set(asked.id, done);
    // Whoever asked hears of a failure; when they went away, nobody needs to.
    done.catch(() => undefined);
    return { done, settled: () => (now !== null && isSettled(now.record.change.result) ? now.record.change : null) };
  }

  /** Remembers a deletion that waits, and lets it wait; null when its id is taken by another change. */
  async function beginWaiting(asked: Asked): Promise<Change | null> {
    const change: Change = { ...newChange(asked, 'page', clock.now()), result: { kind: 'waiting', refusedAt: null } };
    const record: ChangeRecord = { change, sentOn: null, membersBefore: null, session: null };
    const there = await log.add(record);
    if (there !== null) return canonical(there.change.wanted) === canonical(asked.wanted) ? there.change : null;
    await waiting.wait(record);
    return (await log.get(asked.id))?.change ?? change;
  }

  function inTurn({ change }: ChangeRecord, act: () => Promise<void>): Promise<void> {
    const done = queues.run(queueOf(change.wanted), act).finally(() => doing.delete(change.id));
    doing.set(change.id, done);
    return done;
  }

  /** Sends a delete whose cluster has become idle. While Ray says that it is in use, or hears nothing, it waits on. */
  async function sendWaiting(record: ChangeRecord): Promise<void> {
    const now = noting.start({ ...record, change: { ...record.change, result: null } });
    const outcome = await sending.remove(now);
    if (outcome.kind === 'not-found') return noting.settled(now, { kind: 'cancelled', why: { reason: 'gone' } });
    if (outcome.kind !== 'in-use' && outcome.kind !== 'unreachable') return ending.finish(now, outcome, null);
    await waiting.again(now.record, outcome.kind === 'in-use' ? clock.now() : null);
    watch.refreshAfterWrite();
  }

  return {
    async put(asked) {
      if (asked.wanted.kind === 'delete-when-idle') return beginWaiting(asked);
      const begun = await begin(asked, 'page', (now) => sending.act(now));
      if (begun === null) return null;
      await soonest(begun.done, clock);
      return begun.settled() ?? (await log.get(asked.id))?.change ?? null;
    },
    async script(asked, queue, send) {
      if (asked === null) {
        const sent = queues.run(queue, async () => {
          const reply = await send();
          watch.refreshAfterWrite();
          return reply;
        });
        unremembered.add(sent);
        return sent.finally(() => unremembered.delete(sent));
      }
      return new Promise((resolve, reject) => {
        begin(asked, 'script', (now) => sending.once(now, send, resolve)).then(
          (begun) => begun?.done.catch(reject),
          reject,
        );
      });
    },
    async look(id) {
      await soonest(doing.get(id) ?? settling.look(id), clock);
      return (await log.get(id))?.change ?? null;
    },
    cancel: (id, who) => waiting.cancel(id, who),
    async resumeWaiting() {
      for (const record of await log.open()) if (record.change.result?.kind === 'waiting') await waiting.wait(record);
    },
    isJustRemoved: (clusterId) =>
      clock.now() - (removals.get(clusterId) ?? Number.NEGATIVE_INFINITY) < REMOVAL_SHOWS_WITHIN,
    async idle() {
      await Promise.allSettled([...doing.values(), ...unremembered]);
    },
  };
}

function newChange({ id, wanted, who, address, via }: Asked, by: Change['by'], askedAt: number): Change {
  return {
    id,
    wanted,
    who,
    address,
    via,
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
function soonest(done: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ANSWER_WITHIN, resolve);
    done.then(resolve, reject).finally(cancel);
  });
}
