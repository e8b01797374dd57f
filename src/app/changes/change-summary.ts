import type { Change } from '../../contract/change.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import { changedReplicaSets, type ReplicaSetDelta } from '../../domain/replica-set-deltas.ts';
import { sameReplicaSets, type ReplicaSets } from '../../domain/replica-sets.ts';

/** What a change requested, relative to what its cluster had. */
export type ChangeSummary =
  | { readonly kind: 'created'; readonly sets: ReplicaSets; readonly divisible: boolean }
  /** The templates whose count was to change, in the order of the screen. */
  | { readonly kind: 'resized'; readonly rows: readonly ReplicaSetDelta[] }
  /** A save of what the cluster had already: it only changes the revision (fact 6). */
  | { readonly kind: 'same' }
  | { readonly kind: 'deleted'; readonly sets: ReplicaSets | null }
  | { readonly kind: 'released'; readonly submissionId: string }
  | { readonly kind: 'stopped'; readonly submissionId: string }
  | { readonly kind: 'deleted-when-idle'; readonly sets: ReplicaSets }
  /** Too large to be sent whole: what it asked for is left out. */
  | { readonly kind: 'cut'; readonly bytes: number };

/** Relative to the base that the person saw, else to what the console found when it sent the change. */
export function summarizeChange({ wanted, before, cut }: Pick<Change, 'wanted' | 'before' | 'cut'>): ChangeSummary {
  if (cut !== undefined) return { kind: 'cut', bytes: cut };
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
        rows: changedReplicaSets(from.replicaSets, wanted.want),
      };
    }
  }
}
