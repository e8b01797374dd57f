import type { SaveChange } from '../../domain/change.ts';
import type { Fact } from '../../domain/fact.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import { previewSave, type JobAtRisk } from '../../domain/preview.ts';

/** What stands between a click and the sending. */
export type BeforeSending =
  | { readonly kind: 'send' }
  /** The cluster is gone: saving an edit would bring it back (fact 5). */
  | { readonly kind: 'ask-recreate' }
  /** It gives nodes back, and running jobs may lose theirs (fact 25); unknown: nobody can tell. */
  | { readonly kind: 'ask-jobs'; readonly jobs: Fact<readonly JobAtRisk[]>; readonly takesHead: boolean }
  /** It takes nodes of the head node's own template, so Ray may put the head node into it (fact 15). */
  | { readonly kind: 'ask-head' };

/** What to ask before a save goes out. `cluster`: as known now, null when it isn't there. */
export function beforeSending(
  wanted: SaveChange,
  now: { readonly cluster: VirtualCluster | null; readonly pool: FreePool },
): BeforeSending {
  if (wanted.base !== null && now.cluster === null) return { kind: 'ask-recreate' };
  const cluster = wanted.base === null ? null : now.cluster;
  const { jobsAtRisk, takesHeadTemplate: takesHead } = previewSave({ cluster, want: Object.entries(wanted.want), pool: now.pool, others: [] });
  if (!jobsAtRisk.known || jobsAtRisk.value.length > 0) return { kind: 'ask-jobs', jobs: jobsAtRisk, takesHead };
  return takesHead ? { kind: 'ask-head' } : { kind: 'send' };
}
