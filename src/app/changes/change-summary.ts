import type { Change } from '../../contract/change.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import { countOf, sameReplicaSets, templatesOf, type ReplicaSets } from '../../domain/replica-sets.ts';

/** What a change asked for, told by what its cluster had. */
export type ChangeSummary =
  | { readonly kind: 'created'; readonly sets: ReplicaSets; readonly divisible: boolean }
  /** Templates whose count was asked to move, in the screen's order. */
  | { readonly kind: 'resized'; readonly rows: readonly ReplicaSetDelta[] }
  /** A save that asked for what was there already: it only moves the revision (fact 6). */
  | { readonly kind: 'same' }
  | { readonly kind: 'deleted'; readonly sets: ReplicaSets | null }
  | { readonly kind: 'released'; readonly submissionId: string }
  | { readonly kind: 'stopped'; readonly submissionId: string }
  | { readonly kind: 'deleted-when-idle'; readonly sets: ReplicaSets };

export interface ReplicaSetDelta {
  readonly templateId: string;
  readonly from: number;
  readonly to: number;
}

/** Told from the base that the person saw, else from what the console found when it sent the change. */
export function summarizeChange({ wanted, before }: Pick<Change, 'wanted' | 'before'>): ChangeSummary {
  switch (wanted.kind) {
    case 'release':
      return { kind: 'released', submissionId: splitJobClusterId(wanted.clusterId)?.submissionId ?? wanted.clusterId };
    case 'stop-job':
      return { kind: 'stopped', submissionId: wanted.submissionId };
    case 'delete-when-idle':
      return { kind: 'deleted-when-idle', sets: wanted.base.replicaSets };
    case 'delete':
      return { kind: 'deleted', sets: wanted.base?.replicaSets ?? before?.replicaSets ?? null };
    case 'save': {
      const from = wanted.base ?? before;
      if (from === null) return { kind: 'created', sets: wanted.want, divisible: wanted.divisible };
      if (sameReplicaSets(from.replicaSets, wanted.want)) return { kind: 'same' };
      return {
        kind: 'resized',
        rows: replicaSetDeltas(from.replicaSets, wanted.want).filter((row) => row.from !== row.to),
      };
    }
  }
}

/** Before and after for every template that either names. */
export function replicaSetDeltas(from: ReplicaSets, to: ReplicaSets): readonly ReplicaSetDelta[] {
  return templatesOf(from, to).map((templateId) => ({
    templateId,
    from: countOf(from, templateId),
    to: countOf(to, templateId),
  }));
}
