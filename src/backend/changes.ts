import type { Clock } from '../clock.ts';
import type { Change } from '../contract/change.ts';
import type { Via } from '../contract/via.ts';
import type { SaveChange, WantedChange } from '../domain/change.ts';
import type { Outcome } from '../domain/outcome.ts';
import { countByTemplate, type ReplicaSets } from '../domain/replica-sets.ts';
import type { Result } from '../domain/result.ts';
import { NO_REVISION, type Revision } from '../domain/revision.ts';
import { mayRetrySilently } from '../domain/settle.ts';
import type { Member } from '../domain/sources.ts';
import type { Ray } from '../ray/client.ts';
import { canonical } from './canonical.ts';
import type { ChangeRecord } from './change-log.ts';
import { createDeleteWhenIdle } from './delete-when-idle.ts';
import type { Journal } from './journal.ts';
import { movedBetween } from './moved.ts';
import { createQueues } from './queue.ts';
import type { ReadModel } from './read-model.ts';
import { queueOf, seenOf, type Settling } from './settling.ts';
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
  script<T extends { readonly outcome: Outcome | null }>(asked: Asked | null, queue: string, send: () => Promise<T>): Promise<T>;
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

/** Where one change stands while it is being done. */
interface Doing {
  record: ChangeRecord;
  /** Which Ray it was last sent to: what that one answered says nothing of another. */
  epoch: number;
}

export function createChanges(parts: {
  readonly ray: Ray;
  readonly model: ReadModel;
  readonly watch: Watch;
  readonly log: Journal;
  readonly settling: Settling;
  readonly clock: Clock;
}): Changes {
  const { ray, model, watch, log, settling, clock } = parts;
  const queues = createQueues();
  const waiting = createDeleteWhenIdle({ ...parts, inTurn, send: sendWaiting });
  const doing = new Map<string, Promise<void>>();
  /** When a delete of each cluster was last sent, by its id. */
  const removals = new Map<string, number>();
  /** Writes that are not remembered; waited for all the same. */
  const unremembered = new Set<Promise<unknown>>();

  async function update(now: Doing, change: Partial<Change>) {
    now.record = { ...now.record, change: { ...now.record.change, ...change } };
    await log.update(now.record);
  }

  /** Remembers the change and does it in its turn; null when its id is taken by another one. */
  async function begin(asked: Asked, by: Change['by'], act: (now: Doing) => Promise<void>): Promise<{ done: Promise<void> } | null> {
    const record: ChangeRecord = { change: newChange(asked, by, clock.now()), sentOn: null, membersBefore: null, session: null };
    const there = await log.add(record);
    if (there !== null) {
      if (canonical(there.change.wanted) !== canonical(asked.wanted)) return null;
      return { done: doing.get(asked.id) ?? settling.look(asked.id) };
    }
    const done = queues.run(queueOf(asked.wanted), () => act({ record, epoch: model.epoch() })).finally(() => doing.delete(asked.id));
    doing.set(asked.id, done);
    // Whoever asked hears of a failure; when they went away, nobody needs to.
    done.catch(() => undefined);
    return { done };
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
    const { wanted } = record.change;
    const now: Doing = { record: { ...record, change: { ...record.change, result: null } }, epoch: model.epoch() };
    remember(now, wanted);
    const outcome = await sending(now, null, () => ray.remove(wanted.clusterId));
    if (outcome.kind === 'not-found') return settled(now, { kind: 'cancelled', why: { reason: 'gone' } });
    if (outcome.kind !== 'in-use' && outcome.kind !== 'unreachable') return finish(now, outcome, null);
    await waiting.again(now.record, outcome.kind === 'in-use' ? clock.now() : null);
    watch.refreshAfterWrite();
  }

  async function act(now: Doing): Promise<void> {
    const { wanted } = now.record.change;
    if (wanted.kind === 'save') return save(now, wanted);
    if (wanted.kind === 'stop-job') return finish(now, await sending(now, null, () => ray.stopJob(wanted.submissionId)), null);
    remember(now, wanted);
    const outcome = await sending(now, null, () => ray.remove(wanted.clusterId));
    await finish(now, outcome, null);
  }

  /** Notes what the cluster is before it is touched, as far as is known. */
  function remember(now: Doing, wanted: WantedChange) {
    if (wanted.kind === 'delete' || wanted.kind === 'delete-when-idle') removals.set(wanted.clusterId, clock.now());
    const cluster = model.listed(wanted.clusterId);
    const members =
      wanted.kind === 'release' ? jobClusterMembers(wanted.clusterId) : (cluster?.members ?? (isCreation(wanted) ? noMembers : null));
    // It is written with the intent, which comes next.
    now.record = { ...now.record, change: { ...now.record.change, before: seenOf(cluster) }, membersBefore: members };
  }

  async function save(now: Doing, wanted: SaveChange): Promise<void> {
    const { base, clusterId } = wanted;
    if (base !== null) {
      // Ray would bring a deleted cluster back (fact 5), so an edit goes out only while there is something to edit.
      if (!(await watch.refresh('list'))) {
        const why = model.state('list').failure?.reason;
        return settled(now, why === 'unreachable' ? { kind: 'unreachable' } : { kind: 'not-applied', evidence: 'never-sent' });
      }
      if (model.listed(clusterId) === null) return settled(now, { kind: 'conflict', latest: NO_REVISION, theirs: null });
    }
    remember(now, wanted);
    let revision = base?.revision ?? NO_REVISION;
    let rejected: Outcome | null = null;
    for (;;) {
      const sentOn: Revision = revision;
      const outcome: Outcome = await sending(now, sentOn, () =>
        ray.save({
          clusterId,
          divisible: wanted.divisible,
          replicaSets: wanted.want,
          revision: sentOn,
          held: heldOf(clusterId, base?.replicaSets ?? {}),
        }),
      ).catch((error: unknown) => {
        // What can't be remembered is not sent again: Ray's first answer stands.
        if (rejected === null) throw error;
        return rejected;
      });
      const again = outcome.kind === 'conflict' && outcome !== rejected ? await revisionToRetry(now, wanted) : null;
      if (again === null) return finish(now, outcome, sentOn);
      revision = again;
      rejected = outcome;
      remember(now, wanted);
    }
  }

  /** The revision to send a rejected save on again without a word: theirs, when nothing but it moved. */
  async function revisionToRetry(now: Doing, wanted: SaveChange): Promise<Revision | null> {
    const { base, clusterId } = wanted;
    if (base === null || !(await watch.refresh('list'))) return null;
    const cluster = model.listed(clusterId);
    const theirs = seenOf(cluster);
    const membersOfBase = model.membersAt(clusterId, base.revision);
    if (cluster === null || theirs === null || membersOfBase === null || theirs.divisible !== wanted.divisible) return null;
    const may = mayRetrySilently({
      base: { ...base, members: membersOfBase.keys() },
      theirs: { ...theirs, members: cluster.members.keys() },
      attempts: now.record.change.attempts,
    });
    return may ? theirs.revision : null;
  }

  async function sending(now: Doing, sentOn: Revision | null, send: () => Promise<Outcome>): Promise<Outcome> {
    await intend(now, sentOn);
    return send();
  }

  /** Notes that the change goes out now, so that it outlives this console; where that can't be, it doesn't go out. */
  async function intend(now: Doing, sentOn: Revision | null): Promise<void> {
    const { change } = now.record;
    const session = model.state('identity').last?.value.sessionName ?? null;
    const intent: ChangeRecord = { ...now.record, sentOn, session, change: { ...change, attempts: change.attempts + 1 } };
    try {
      await log.intend(intent);
    } catch (error) {
      if (change.attempts === 0) await settled(now, { kind: 'not-applied', evidence: 'never-sent' });
      throw error;
    }
    now.record = intent;
    now.epoch = model.epoch();
  }

  /** Says what came of the last sending. */
  async function finish(now: Doing, outcome: Outcome, sentOn: Revision | null): Promise<void> {
    const answered = model.moment();
    const { wanted, attempts } = now.record.change;
    switch (outcome.kind) {
      case 'applied': {
        // First what this one rules out: to an earlier one that asked for the same, the list would look like its own doing.
        if (wanted.kind === 'save' && sentOn !== null) await settling.wentThrough(wanted.clusterId, sentOn);
        const calledOff = callOff(now.record.change, outcome);
        if (now.epoch === model.epoch()) foldIn(now.record.change, outcome, answered);
        const after = wanted.kind === 'save' ? outcome.members : noMembers;
        const moved = wanted.kind === 'stop-job' ? null : movedBetween(now.record.membersBefore, after);
        const { revision } = outcome;
        await settled(now, { kind: 'applied', revision, seen: 'reply', retries: wanted.kind === 'save' ? attempts - 1 : 0 }, moved);
        await calledOff;
        watch.refreshAfterWrite();
        return;
      }
      case 'conflict': {
        const theirs = (await watch.refresh('list')) ? seenOf(model.listed(wanted.clusterId)) : 'unread';
        return settled(now, { kind: 'conflict', latest: outcome.latest, theirs });
      }
      case 'shortage': {
        watch.refreshAfterWrite();
        const { kind, direction, suggestion, unmatched } = outcome;
        return settled(now, { kind, direction, suggestion, unmatched, judgedOn: judgedOn(wanted, sentOn) });
      }
      case 'unknown': {
        await update(now, { result: { kind: 'unknown', cause: outcome.cause, lookedAt: null } });
        await settling.watchFor(now.record, answered, now.epoch);
        await settling.look(now.record.change.id);
        watch.refreshAfterWrite();
        return;
      }
      default:
        // Somebody else released it; only the state API would show that, and it may be down (fact 18).
        if (outcome.kind === 'not-found' && wanted.kind === 'release' && now.epoch === model.epoch()) {
          model.wrote(wanted.clusterId, null, answered);
        }
        if (outcome.kind !== 'unreachable') watch.refreshAfterWrite();
        return settled(now, outcome);
    }
  }

  /** A deletion that waits stands for the cluster as it was before this save. */
  async function callOff({ wanted, who }: Change, { revision, members }: Extract<Outcome, { kind: 'applied' }>): Promise<void> {
    if (wanted.kind !== 'save' || revision === null) return;
    const replicaSets = members === null ? wanted.want : countByTemplate(members.values());
    await waiting.saved(wanted.clusterId, who, { revision, replicaSets, divisible: wanted.divisible });
  }

  async function settled(now: Doing, result: Result, moved: Change['moved'] = null): Promise<void> {
    await update(now, { result, moved, settledAt: clock.now() });
  }

  function foldIn({ wanted, before }: Change, { revision, members }: Extract<Outcome, { kind: 'applied' }>, moment: ReturnType<ReadModel['moment']>) {
    if (wanted.kind === 'stop-job') return;
    if (wanted.kind === 'delete') return model.wrote(wanted.clusterId, null, moment, before?.revision ?? null);
    if (wanted.kind !== 'save') return model.wrote(wanted.clusterId, null, moment);
    if (revision === null || members === null) return;
    model.wrote(wanted.clusterId, { id: wanted.clusterId, divisible: wanted.divisible, revision, members }, moment);
  }

  /** Ray judged what it had under the revision that it took: the list's own count of it, else what the base said. */
  function judgedOn(wanted: WantedChange, sentOn: Revision | null): Extract<Result, { kind: 'shortage' }>['judgedOn'] {
    const base = wanted.kind === 'save' ? wanted.base : null;
    if (base === null || sentOn === null) return { revision: null, replicaSets: {} };
    const members = model.membersAt(wanted.clusterId, sentOn);
    return { revision: sentOn, replicaSets: members === null ? base.replicaSets : countByTemplate(members.values()) };
  }

  function heldOf(clusterId: string, otherwise: ReplicaSets): ReplicaSets {
    const cluster = model.listed(clusterId);
    return cluster === null ? otherwise : countByTemplate(cluster.members.values());
  }

  function jobClusterMembers(id: string): ReadonlyMap<string, Member> | null {
    const cluster = model.state('state').last?.value.find((each) => each.id === id);
    return cluster?.nodes ?? null;
  }

  return {
    async put(asked) {
      if (asked.wanted.kind === 'delete-when-idle') return beginWaiting(asked);
      const begun = await begin(asked, 'page', act);
      if (begun === null) return null;
      await soonest(begun.done, clock);
      return (await log.get(asked.id))?.change ?? null;
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
      const { wanted } = asked;
      return new Promise((resolve, reject) => {
        const sendOnce = async (now: Doing) => {
          remember(now, wanted);
          const sentOn = wanted.kind === 'save' ? (wanted.base?.revision ?? NO_REVISION) : null;
          await intend(now, sentOn);
          const reply = await send();
          resolve(reply);
          if (reply.outcome !== null) await finish(now, reply.outcome, sentOn);
        };
        begin(asked, 'script', sendOnce).then((begun) => begun?.done.catch(reject), reject);
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
    isJustRemoved: (clusterId) => clock.now() - (removals.get(clusterId) ?? Number.NEGATIVE_INFINITY) < REMOVAL_SHOWS_WITHIN,
    async idle() {
      await Promise.allSettled([...doing.values(), ...unremembered]);
    },
  };
}

const noMembers: ReadonlyMap<string, Member> = new Map();

function isCreation(wanted: WantedChange): boolean {
  return wanted.kind === 'save' && wanted.base === null;
}

function newChange({ id, wanted, who, address, via }: Asked, by: Change['by'], askedAt: number): Change {
  return { id, wanted, who, address, via, by, askedAt, settledAt: null, attempts: 0, before: null, result: null, moved: null };
}

/** Waits for something, but not longer than an answer may take. */
function soonest(done: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ANSWER_WITHIN, resolve);
    done.then(resolve, reject).finally(cancel);
  });
}
