import { expectedStateOf, traitsOf, type ExpectedCluster } from '../../domain/change-kinds.ts';
import { sameReplicaSets } from '../../domain/replica-sets.ts';
import type { ClusterSnapshot, Evidence, Result } from '../../domain/result.ts';
import { compareRevisions } from '../../domain/revision.ts';
import { settle, settleStop, type ClusterChange } from '../../domain/settle.ts';
import type { JobStatus } from '../../domain/sources.ts';
import { resultingRevision, type ChangeRecord } from '../journal/change-log.ts';

/** What a reading of Ray proves of a change that Ray did not answer. */
export type Assessment =
  /** `shown`: the cluster that proves it; null for one that is gone, and for a job. */
  | { readonly kind: 'settled'; readonly result: Result; readonly shown: ClusterSnapshot | null }
  /** Ray was read, and does not show it. `why` and `shown` are what it ends with if that stays so. */
  | { readonly kind: 'not-seen'; readonly why: Evidence['why']; readonly shown: Evidence['shown'] }
  /** Nothing that would tell was read since it was sent. */
  | { readonly kind: 'unread' };

/** Judges a change by its cluster, as read after it was sent. */
export function judgeByCluster(
  record: ChangeRecord,
  seen: ClusterSnapshot | null | 'unread',
  laterWriteOnSameBase: boolean,
): Assessment {
  const wanted = asSent(record);
  if (wanted === null) return { kind: 'unread' };
  const conclusion = settle({ wanted, seen, sent: true, laterWriteOnSameBase });
  switch (conclusion) {
    case 'not-applied':
      return settled({ kind: 'not-applied', evidence: 'later-write-on-same-base' });
    case 'applied':
      return settled(applied(record, seen === 'unread' ? null : seen), seen === 'unread' ? null : seen);
    case 'not-seen':
      return seen === 'unread' ? { kind: 'unread' } : { kind: 'not-seen', why: whyNotSeen(record, seen), shown: seen };
  }
}

/** Judges a stop by its job's status, as read after it was sent. */
export function judgeByJob(record: ChangeRecord, status: JobStatus | null | 'unread'): Assessment {
  const conclusion = settleStop(status);
  switch (conclusion) {
    case 'applied':
      return settled(applied(record, null));
    case 'already-ended':
      return settled({ kind: conclusion });
    case 'not-seen':
      return status === 'unread' ? { kind: 'unread' } : { kind: 'not-seen', why: 'not-shown', shown: 'unread' };
  }
}

function settled(result: Result, shown: ClusterSnapshot | null = null): Assessment {
  return { kind: 'settled', result, shown };
}

function applied({ change }: ChangeRecord, seen: ClusterSnapshot | null): Result {
  return { kind: 'applied', revision: seen?.revision ?? null, seen: 'looked', retries: change.attempts - 1 };
}

/** The request, on the revision that it last went out on: a silent retry moves that. Null for one that shows in no cluster. */
function asSent({ change, sentOn }: ChangeRecord): ClusterChange | null {
  const { wanted } = change;
  switch (wanted.kind) {
    case 'save':
      if (wanted.base === null || sentOn === null) return wanted;
      return { ...wanted, base: { ...wanted.base, revision: sentOn } };
    case 'delete':
    case 'delete-when-idle':
    case 'release':
      return wanted;
    case 'stop-job':
      return null;
  }
}

function whyNotSeen({ sentOn }: ChangeRecord, seen: ClusterSnapshot | null): Evidence['why'] {
  return sentOn !== null && seen?.revision === sentOn ? 'still-on-its-base' : 'not-shown';
}

/** Whether another change that Ray did not answer may have produced the state that a save expects, too. */
export function mayHaveProduced(
  { change: { wanted }, sentOn }: ChangeRecord,
  clusterId: string,
  expected: ExpectedCluster,
  seen: ClusterSnapshot,
): boolean {
  if (wanted.clusterId !== clusterId) return false;
  const other = expectedStateOf(wanted);
  return (
    other.kind === 'cluster' &&
    other.divisible === expected.divisible &&
    sameReplicaSets(other.replicaSets, expected.replicaSets) &&
    (sentOn === null || compareRevisions(seen.revision, sentOn) > 0)
  );
}

/**
 * Whether a change that went through on the same revision proves that an earlier, unanswered one did not: it was requested
 * later, and found the cluster still on that revision. One that found another revision may have brought the cluster back
 * (fact 5), and a script's write goes out on what was read some time before.
 */
export function provesNotApplied(later: ChangeRecord, earlier: ChangeRecord): boolean {
  const { before, askedAt, by } = later.change;
  if (by === 'script') return false;
  if (resultingRevision(later) === null || later.sentOn !== earlier.sentOn || before?.revision !== later.sentOn)
    return false;
  return askedAt >= earlier.change.askedAt;
}

/** Whether a change went out on this revision, so that another write on it that went through rules it out (fact 5). */
export function wasSentOn(record: ChangeRecord, clusterId: string, revision: string): boolean {
  const { wanted } = record.change;
  return traitsOf(wanted).hasRevision && wanted.clusterId === clusterId && record.sentOn === revision;
}
