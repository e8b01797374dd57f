import type { Change } from '../../contract/change.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import type { Cancellation, ClusterSnapshot, Evidence, Result } from '../../domain/result.ts';

/** A change without its replica sets and nodes, which has `bytes` with them: for one that is too large to be sent whole. */
export function cutChange(change: Change, bytes: number): Change {
  const { wanted, before, result } = change;
  return {
    ...change,
    wanted: cutRequest(wanted),
    before: before === null ? null : emptied(before),
    result: result === null ? null : cutResult(result),
    moved: null,
    cut: bytes,
  };
}

function cutRequest(request: ChangeRequest): ChangeRequest {
  switch (request.kind) {
    case 'save':
      return { ...request, base: request.base === null ? null : emptied(request.base), want: {} };
    case 'delete':
      return { ...request, base: request.base === null ? null : emptied(request.base) };
    case 'delete-when-idle':
      return { ...request, base: emptied(request.base) };
    case 'release':
    case 'stop-job':
      return request;
  }
}

function cutResult(result: Result): Result {
  switch (result.kind) {
    case 'conflict':
      return { ...result, theirs: cutSnapshot(result.theirs) };
    case 'shortage':
      return { ...result, suggestion: {}, unmatched: [], judgedOn: emptied(result.judgedOn) };
    case 'cancelled':
      return { ...result, why: cutCancellation(result.why) };
    case 'cannot-be-known':
      return { ...result, evidence: cutEvidence(result.evidence) };
    case 'applied':
    case 'mismatch':
    case 'in-use':
    case 'not-found':
    case 'already-ended':
    case 'waiting':
    case 'invalid':
    case 'blocked':
    case 'unreachable':
    case 'not-applied':
    case 'unknown':
      return result;
  }
}

function cutCancellation(why: Cancellation): Cancellation {
  return why.reason === 'changed' ? { ...why, now: emptied(why.now) } : why;
}

function cutEvidence(evidence: Evidence): Evidence {
  return { ...evidence, shown: cutSnapshot(evidence.shown) };
}

function cutSnapshot(snapshot: ClusterSnapshot | null | 'unread'): ClusterSnapshot | null | 'unread' {
  return snapshot === null || snapshot === 'unread' ? snapshot : emptied(snapshot);
}

function emptied<T extends { readonly replicaSets: ReplicaSets }>(holder: T): T {
  return { ...holder, replicaSets: {} };
}
