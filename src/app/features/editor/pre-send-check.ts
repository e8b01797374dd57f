import type { SaveChange } from '../../../domain/change.ts';
import { known, unknown, type Sourced } from '../../../domain/sourced.ts';
import type { FreePool, VirtualCluster } from '../../../domain/fleet.ts';
import { previewSave, type JobAtRisk } from '../../../domain/preview.ts';
import { countOf, templatesOf, type ReplicaSets } from '../../../domain/replica-sets.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';

/** The jobs that a save can kill; `not-looked`: Ray could not be asked just now, and what the page shows may be old. */
export type JobsAtRiskCheck = Sourced<readonly JobAtRisk[]> | 'not-looked';

/** How long a save waits for a look at the jobs that it may end, ms; the console itself gives Ray 3 s. */
export const JOB_CHECK_TIMEOUT_MS = 5_000;

/** Whether a save may be sent, or what to ask first. */
export type PreSendDecision =
  | { readonly kind: 'send' }
  /** The cluster is gone: saving an edit would bring it back (fact 5). */
  | { readonly kind: 'ask-recreate' }
  /** It gives nodes back, and running jobs may lose theirs (fact 25); `unknown` when it can not be determined. */
  | { readonly kind: 'ask-jobs'; readonly jobs: JobsAtRiskCheck; readonly takesHead: boolean }
  /** It takes nodes of the head node's own template, so Ray may put the head node into it (fact 15). */
  | { readonly kind: 'ask-head' }
  /** It creates a virtual cluster without any node, which is rarely meant. */
  | { readonly kind: 'ask-empty' };

/**
 * Whether a save can end a job, so that its jobs must be read again just before it is sent: what the page shows may be
 * some seconds old. Ray runs jobs beside each other only in an indivisible cluster (fact 22).
 */
export function mayKillJobs(save: SaveChange, cluster: VirtualCluster | null): boolean {
  if (save.base === null || save.divisible) return false;
  return (
    isLess(save.want, save.base.replicaSets) || (cluster !== null && isLess(save.want, heldReplicaSetsOf(cluster)))
  );
}

function isLess(want: ReplicaSets, held: ReplicaSets): boolean {
  return templatesOf(held).some((templateId) => countOf(want, templateId) < countOf(held, templateId));
}

/**
 * What to confirm before a save is sent. `cluster`: as known now, null when it does not exist. `looked`: whether its jobs
 * were read for this save, as is required when it may end jobs.
 */
export function checkBeforeSend(
  save: SaveChange,
  now: { readonly cluster: VirtualCluster | null; readonly pool: FreePool; readonly looked: boolean },
): PreSendDecision {
  if (save.base !== null && now.cluster === null) return { kind: 'ask-recreate' };
  if (save.base === null && Object.values(save.want).every((count) => count === 0)) return { kind: 'ask-empty' };
  const cluster = save.base === null || now.cluster === null ? null : newerViewOf(now.cluster, save.base);
  const { jobsAtRisk, takesHeadTemplate: takesHead } = previewSave({
    cluster,
    want: Object.entries(save.want),
    pool: now.pool,
    others: [],
  });
  if (!now.looked && mayKillJobs(save, cluster)) return { kind: 'ask-jobs', jobs: 'not-looked', takesHead };
  if (!jobsAtRisk.known || jobsAtRisk.value.length > 0) return { kind: 'ask-jobs', jobs: jobsAtRisk, takesHead };
  return takesHead ? { kind: 'ask-head' } : { kind: 'send' };
}

/** The cluster by the newer of the two: Ray's answer may be ahead of the page's fleet. */
function newerViewOf(cluster: VirtualCluster, base: NonNullable<SaveChange['base']>): VirtualCluster {
  if (compareRevisions(cluster.revision, base.revision) >= 0) return cluster;
  const none = known(0, 'list');
  const notReadYet = unknown('not-read-yet', 'state');
  const templates = templatesOf(base.replicaSets).map((templateId) => {
    const count = countOf(base.replicaSets, templateId);
    const removable = { count, atMost: true };
    return { templateId, count, used: notReadYet, reserved: notReadYet, idle: notReadYet, dead: none, removable };
  });
  return { ...cluster, revision: base.revision, templates };
}
