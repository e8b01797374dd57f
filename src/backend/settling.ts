import type { Clock } from '../clock.ts';
import type { WantedChange } from '../domain/change.ts';
import { splitJobClusterId } from '../domain/cluster-id.ts';
import type { SourceName } from '../domain/fact.ts';
import { countByTemplate } from '../domain/replica-sets.ts';
import type { Result, Seen } from '../domain/result.ts';
import { NO_REVISION, type Revision } from '../domain/revision.ts';
import { settle, settleStop } from '../domain/settle.ts';
import type { ListedCluster } from '../domain/sources.ts';
import type { ChangeLog, ChangeRecord } from './change-log.ts';
import { isLater, type Moment } from './held-list.ts';
import { movedBetween } from './moved.ts';
import type { ReadModel } from './read-model.ts';
import { jobStatusSince } from './stop-job.ts';
import type { Watch } from './watch.ts';

/** A cluster as the list has it, as a change's record says it. */
export function seenOf(cluster: ListedCluster | null): Seen | null {
  if (cluster === null) return null;
  return { revision: cluster.revision, replicaSets: countByTemplate(cluster.members.values()), divisible: cluster.divisible };
}

/** Finds out what became of changes whose outcome is not known: by looking, never by sending again. */
export interface Settling {
  /**
   * From now on this change is looked for at each reading of the list. `answered`: when its sending ended; `epoch`: to
   * which Ray it went. Another Ray tells nothing of it: then it stays unknown.
   */
  watchFor(record: ChangeRecord, answered: Moment, epoch: number): Promise<void>;
  /** Reads afresh, and settles the change if that tells. */
  look(id: string): Promise<void>;
  /** A write that went through on a revision: no other one on it did, or will. */
  wentThrough(clusterId: string, revision: Revision): Promise<void>;
}

export function createSettling(parts: {
  readonly model: ReadModel;
  readonly watch: Watch;
  readonly log: ChangeLog;
  readonly clock: Clock;
}): Settling {
  const { model, watch, log, clock } = parts;
  const open = new Map<string, { record: ChangeRecord; readonly answered: Moment; readonly epoch: number; laterWrite: boolean }>();

  /** The cluster as seen after the sending ended; `unread` while nothing was read since. */
  function seenSince(wanted: WantedChange, answered: Moment): Seen | null | 'unread' {
    if (wanted.kind === 'release') return jobClusterSince(wanted.clusterId, answered);
    const read = model.listMoment();
    if (read === null || !isLater(read, answered)) return 'unread';
    return seenOf(model.listed(wanted.clusterId));
  }

  /** Only the state API shows job clusters (fact 22); it tells no revision of theirs. */
  function jobClusterSince(id: string, answered: Moment): Seen | null | 'unread' {
    const { last } = model.state('state');
    if (last === null || !model.isReadSince('state', answered)) return 'unread';
    const cluster = last.value.find((each) => each.id === id);
    if (cluster === undefined) return null;
    return { revision: NO_REVISION, replicaSets: countByTemplate(cluster.nodes.values()), divisible: cluster.divisible };
  }

  async function judge(id: string): Promise<void> {
    const entry = open.get(id);
    if (entry === undefined) return;
    if (entry.epoch !== model.epoch()) {
      open.delete(id);
      return;
    }
    const { record, answered, laterWrite } = entry;
    const { change } = record;
    if (change.result?.kind !== 'unknown') return;
    const isStop = change.wanted.kind === 'stop-job';
    const status = change.wanted.kind === 'stop-job' ? jobStatusSince(model, change.wanted.submissionId, answered) : null;
    const seen = isStop ? null : seenSince(change.wanted, answered);
    const verdict = isStop ? settleStop(status) : settle({ wanted: asSent(record), seen, sent: true, laterWriteOnSameBase: laterWrite });
    if (verdict === 'not-seen') {
      if (seen === 'unread' || status === 'unread') return;
      entry.record = { ...record, change: { ...change, result: { ...change.result, lookedAt: clock.now() } } };
      await log.update(entry.record);
      return;
    }
    open.delete(id);
    const revision = seen === null || seen === 'unread' || change.wanted.kind !== 'save' ? null : seen.revision;
    const result: Result =
      verdict === 'applied'
        ? { kind: 'applied', revision, seen: 'looked', retries: change.attempts - 1 }
        : verdict === 'not-applied'
          ? { kind: 'not-applied', evidence: 'later-write-on-same-base' }
          : { kind: verdict };
    const after = change.wanted.kind === 'save' ? (model.listed(change.wanted.clusterId)?.members ?? null) : new Map();
    const moved = verdict === 'applied' && !isStop ? movedBetween(record.membersBefore, after) : null;
    await log.update({ ...record, change: { ...change, result, moved, settledAt: clock.now() } });
  }

  model.subscribe(() => {
    for (const id of open.keys()) void judge(id);
  });

  return {
    async watchFor(record, answered, epoch) {
      open.set(record.change.id, { record, answered, epoch, laterWrite: false });
      const { most } = await log.kept();
      // No more than the log remembers: what is forgotten there needs no answer.
      for (const oldest of open.keys()) {
        if (open.size <= most) break;
        open.delete(oldest);
      }
      await judge(record.change.id);
    },
    async look(id) {
      const entry = open.get(id);
      if (entry === undefined) return;
      await watch.refresh(sourceOf(entry.record.change.wanted));
      await judge(id);
    },
    async wentThrough(clusterId, revision) {
      for (const [id, entry] of open) {
        const { wanted } = entry.record.change;
        if (wanted.kind !== 'save' || wanted.clusterId !== clusterId || entry.record.sentOn !== revision) continue;
        entry.laterWrite = true;
        await judge(id);
      }
    },
  };
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
  return wanted.kind === 'release' ? (splitJobClusterId(wanted.clusterId)?.parentId ?? wanted.clusterId) : wanted.clusterId;
}
