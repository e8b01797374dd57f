import { countOf, templatesOf, type ReplicaSets } from './replica-sets.ts';

/** The count of one template before and after. */
export interface ReplicaSetDelta {
  readonly templateId: string;
  readonly from: number;
  readonly to: number;
}

/** Before and after for every template that either names, in the order of the screen. */
export function replicaSetDeltas(from: ReplicaSets, to: ReplicaSets): readonly ReplicaSetDelta[] {
  return templatesOf(from, to).map((templateId) => ({
    templateId,
    from: countOf(from, templateId),
    to: countOf(to, templateId),
  }));
}

/** Only the templates whose count differs. */
export function changedReplicaSets(from: ReplicaSets, to: ReplicaSets): readonly ReplicaSetDelta[] {
  return replicaSetDeltas(from, to).filter((delta) => delta.from !== delta.to);
}
