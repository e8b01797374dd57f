import type { Clock } from '../clock.ts';
import type { SaveChange, WantedChange } from '../domain/change.ts';
import { splitJobClusterId } from '../domain/cluster-id.ts';
import type { SourceName } from '../domain/fact.ts';
import { countByTemplate, sameReplicaSets } from '../domain/replica-sets.ts';
import type { Evidence, Result, Seen } from '../domain/result.ts';
import { compareRevisions, NO_REVISION, type Revision } from '../domain/revision.ts';
import { settle, settleStop } from '../domain/settle.ts';
import type { ListedCluster } from '../domain/sources.ts';
import { madeBy, type ChangeRecord } from './change-log.ts';
import { isLater, type Moment } from './held-list.ts';
import type { Journal } from './journal.ts';
import { movedBetween } from './moved.ts';
import type { ReadModel } from './read-model.ts';
import { jobStatusSince } from './stop-job.ts';
import type { Watch } from './watch.ts';

/** A cluster as the list has it, as a change's record says it. */
export function seenOf(cluster: ListedCluster | null): Seen | null {
  if (cluster === null) return null;
  return {
    revision: cluster.revision,
    replicaSets: countByTemplate(cluster.members.values()),
    divisible: cluster.divisible,
  };
}

/** Finds out what became of changes whose outcome is not known: by looking, never by sending again. */
export interface Settling {
  /**
   * Takes up what a console before left open. What was never sent did not happen; what was is looked for in readings
   * begun after this console's start. Once good readings have shown nothing of it for `giveUpAfter`, it ends as what can't be known.
   */
  takeUp(started: Moment): Promise<void>;
  /**
   * From now on this change is looked for at each reading of the list. `answered`: when its sending ended; `epoch`: to
   * which Ray it went. Another Ray tells nothing of it: then it stays unknown.
   */
  watchFor(record: ChangeRecord, answered: Moment, epoch: number): Promise<void>;
  /** Reads afresh, and settles the change if that tells. */
  look(id: string): Promise<void>;
  /**
   * A write went through on a revision that the list showed at `shownAt`: no other one on it that had ended before did, or
   * will. One that ended later may have made what was then deleted, and the write brought that back (fact 5).
   */
  wentThrough(clusterId: string, revision: Revision, shownAt: Moment): Promise<void>;
  close(): void;
}

/** The most changes that are looked for; the oldest beyond stay unknown until the next start. */
const MOST_LOOKED_FOR = 1_000;

interface Entry {
  record: ChangeRecord;
  readonly answered: Moment;
  readonly epoch: number;
  laterWrite: boolean;
  /** For one that a console before left open: since when good readings show nothing of it, ms since 1970. */
  readonly left: { goodSince: number | null } | null;
}

export function createSettling(parts: {
  readonly model: ReadModel;
  readonly watch: Watch;
  readonly log: Pick<Journal, 'update' | 'hold' | 'open' | 'around'>;
  readonly clock: Clock;
  /** Longer than a call to Ray may take, so that what comes late has come; ms. */
  readonly giveUpAfter: number;
}): Settling {
  const { model, watch, log, clock, giveUpAfter } = parts;
  const open = new Map<string, Entry>();
  const timers = new Set<() => void>();

  function lookFor(entry: Entry) {
    open.set(entry.record.change.id, entry);
    for (const oldest of open.keys()) {
      if (open.size <= MOST_LOOKED_FOR) break;
      open.delete(oldest);
    }
  }

  async function judge(id: string): Promise<void> {
    const entry = open.get(id);
    if (entry === undefined) return;
    const { record, answered, laterWrite, left } = entry;
    const { change } = record;
    if (change.result?.kind !== 'unknown') return;
    if (left === null && entry.epoch !== model.epoch()) {
      open.delete(id);
      return;
    }
    if (left !== null && !laterWrite) {
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
    const status = isStop ? jobStatusSince(model, wanted.submissionId, answered) : null;
    const seen = isStop ? null : seenSince(model, wanted, answered);
    const verdict = isStop
      ? settleStop(status)
      : settle({ wanted: asSent(record), seen, sent: true, laterWriteOnSameBase: laterWrite });
    const doubt = verdict === 'applied' && seen !== null && seen !== 'unread' ? await doubtIn(entry, seen) : null;
    if (open.get(id) !== entry || entry.record !== record) return;
    if (verdict === 'not-seen' || doubt !== null) {
      if (seen === 'unread' || status === 'unread') return;
      entry.record = { ...record, change: { ...change, result: { ...change.result, lookedAt: clock.now() } } };
      log.hold(entry.record);
      if (left !== null)
        await wait(entry, left, { why: doubt ?? whyNotSeen(record, seen), shown: isStop ? 'unread' : seen });
      return;
    }
    open.delete(id);
    const revision = seen === null || seen === 'unread' || wanted.kind !== 'save' ? null : seen.revision;
    const result: Result =
      verdict === 'applied'
        ? { kind: 'applied', revision, seen: 'looked', retries: change.attempts - 1 }
        : verdict === 'not-applied'
          ? { kind: 'not-applied', evidence: 'later-write-on-same-base' }
          : { kind: verdict };
    const after = wanted.kind === 'save' ? (model.listed(wanted.clusterId)?.members ?? null) : new Map();
    const moved = verdict === 'applied' && !isStop ? movedBetween(record.membersBefore, after) : null;
    await log.update({ ...record, change: { ...change, result, moved, settledAt: clock.now() } });
  }

  /** Why what Ray shows does not tell that it is this save's doing, although it is what it asked for; null: it does. */
  async function doubtIn({ record }: Entry, seen: Seen): Promise<Evidence['why'] | null> {
    const { id, wanted } = record.change;
    if (wanted.kind !== 'save') return null;
    for (const other of open.values()) {
      if (other.record.change.id !== id && mayHaveMade(other.record, wanted, seen)) return 'asked-more-than-once';
    }
    const around = await log.around(wanted.clusterId, seen.revision);
    return around.some((other) => other.change.id !== id && madeBy(other) === seen.revision) ? 'not-shown' : null;
  }

  /** Nothing is seen of it in a good reading: it ends once that has been so for long enough. */
  async function wait(entry: Entry, left: NonNullable<Entry['left']>, found: Omit<Evidence, 'at'>): Promise<void> {
    const { id, wanted } = entry.record.change;
    const at = readAt(model, wanted) ?? clock.now();
    if (left.goodSince === null) {
      left.goodSince = at;
      const cancel = clock.after(giveUpAfter, () => {
        timers.delete(cancel);
        void look(id);
      });
      timers.add(cancel);
    }
    if (at >= left.goodSince + giveUpAfter) await giveUp(entry, { ...found, at });
  }

  async function giveUp({ record }: Entry, evidence: Evidence): Promise<void> {
    const { change } = record;
    open.delete(change.id);
    await log.update({
      ...record,
      change: { ...change, result: { kind: 'cannot-be-known', evidence }, settledAt: clock.now() },
    });
  }

  async function look(id: string): Promise<void> {
    const entry = open.get(id);
    if (entry === undefined) return;
    await watch.refresh(sourceOf(entry.record.change.wanted));
    await judge(id);
  }

  const unsubscribe = model.subscribe(() => {
    for (const id of open.keys()) void judge(id);
  });

  return {
    async takeUp(started) {
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
        const around = sentOn === null ? [] : await log.around(change.wanted.clusterId, sentOn);
        const laterWrite = around.some((other) => other.change.id !== change.id && rulesOut(other, record));
        const taken = { ...record, change: { ...change, result } };
        lookFor({ record: taken, answered: started, epoch: model.epoch(), laterWrite, left: { goodSince: null } });
        log.hold(taken);
      }
      // All are known before the first is judged: two may have asked for the same.
      for (const id of open.keys()) await judge(id);
    },
    async watchFor(record, answered, epoch) {
      lookFor({ record, answered, epoch, laterWrite: false, left: null });
      await judge(record.change.id);
    },
    look,
    async wentThrough(clusterId, revision, shownAt) {
      for (const [id, entry] of open) {
        const { wanted } = entry.record.change;
        if (wanted.kind !== 'save' || wanted.clusterId !== clusterId || entry.record.sentOn !== revision) continue;
        if (!isLater(shownAt, entry.answered)) continue;
        entry.laterWrite = true;
        await judge(id);
      }
    },
    close() {
      unsubscribe();
      for (const cancel of timers) cancel();
    },
  };
}

/** The cluster as seen after the sending ended; `unread` while nothing was read since. */
function seenSince(model: ReadModel, wanted: WantedChange, answered: Moment): Seen | null | 'unread' {
  if (wanted.kind === 'release') return jobClusterSince(model, wanted.clusterId, answered);
  const read = model.listMoment();
  if (read === null || !isLater(read, answered)) return 'unread';
  return seenOf(model.listed(wanted.clusterId));
}

/** Only the state API shows job clusters (fact 22); it tells no revision of theirs. */
function jobClusterSince(model: ReadModel, id: string, answered: Moment): Seen | null | 'unread' {
  const { last } = model.state('state');
  if (last === null || !model.isReadSince('state', answered)) return 'unread';
  const cluster = last.value.find((each) => each.id === id);
  if (cluster === undefined) return null;
  return { revision: NO_REVISION, replicaSets: countByTemplate(cluster.nodes.values()), divisible: cluster.divisible };
}

/** When the reading that tells of a change counts as begun, ms since 1970. */
function readAt(model: ReadModel, wanted: WantedChange): number | null {
  const source = sourceOf(wanted);
  return source === 'list' ? (model.listMoment()?.at ?? null) : (model.state(source).last?.begunAt ?? null);
}

function whyNotSeen({ change, sentOn }: ChangeRecord, seen: Seen | null): Evidence['why'] {
  return change.wanted.kind === 'save' && seen !== null && seen.revision === sentOn ? 'still-on-its-base' : 'not-shown';
}

/** Whether a change that nobody answered, too, may have made the state that a save asked for. */
function mayHaveMade(other: ChangeRecord, save: SaveChange, seen: Seen): boolean {
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
function rulesOut(later: ChangeRecord, earlier: ChangeRecord): boolean {
  const { before, askedAt, by } = later.change;
  if (by === 'script') return false;
  if (madeBy(later) === null || later.sentOn !== earlier.sentOn || before?.revision !== later.sentOn) return false;
  return askedAt >= earlier.change.askedAt;
}

/** Which source shows what became of a change. */
function sourceOf(wanted: WantedChange): SourceName {
  if (wanted.kind === 'stop-job') return 'jobs';
  return wanted.kind === 'release' ? 'state' : 'list';
}

/** What was asked, on the revision that it last went out on: a silent retry moves that. */
function asSent({ change, sentOn }: ChangeRecord): WantedChange {
  const { wanted } = change;
  if (wanted.kind !== 'save' || wanted.base === null || sentOn === null) return wanted;
  return { ...wanted, base: { ...wanted.base, revision: sentOn } };
}

/** Which queue a change waits in: a job cluster's release waits with its parent's changes. */
export function queueOf(wanted: WantedChange): string {
  return wanted.kind === 'release'
    ? (splitJobClusterId(wanted.clusterId)?.parentId ?? wanted.clusterId)
    : wanted.clusterId;
}
