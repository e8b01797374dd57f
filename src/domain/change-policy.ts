import type { ChangeRequest } from './change.ts';
import {
  checkNewClusterId,
  hasJobSeparator,
  PRIMARY_CLUSTER_ID,
  removalObstacle,
  splitJobClusterId,
} from './cluster-id.ts';
import { matchesClusterPattern } from './cluster-pattern.ts';
import type { Denial, ReadOnlyReason } from './denial.ts';
import { MAX_TEMPLATE_CHARACTERS, MAX_TEMPLATES } from './replica-sets.ts';

/** What a person or script may do. The server decides by it; the page shows what the server would decide. */
export interface Rights {
  readonly mayWrite: boolean;
  /** Why not, in words; null when writing is allowed. */
  readonly mayNotWriteBecause: string | null;
  /** The same for programs; none: only the words are known. */
  readonly mayNotWriteReason?: ReadOnlyReason | null | undefined;
  /** Patterns of the ids that may be changed (`team-a-*`); null for all. */
  readonly clusters: readonly string[] | null;
}

/** Denies those who may change nothing at all. */
export function writeDenial({
  mayWrite,
  mayNotWriteBecause,
  mayNotWriteReason = null,
}: Pick<Rights, 'mayWrite' | 'mayNotWriteBecause' | 'mayNotWriteReason'>): Denial | null {
  return mayWrite ? null : { kind: 'read-only', because: mayNotWriteBecause, reason: mayNotWriteReason };
}

/** Denies those who may not change this virtual cluster, or the one that this job cluster was cut from. */
export function clusterDenial(rights: Rights, clusterId: string): Denial | null {
  const { clusters } = rights;
  if (!rights.mayWrite) return writeDenial(rights);
  if (clusters === null || mayChangeAll(rights)) return null;
  // A job cluster of the primary cluster belongs to no team, whatever the patterns match.
  const home = splitJobClusterId(clusterId)?.parentId ?? clusterId;
  if (home !== PRIMARY_CLUSTER_ID && clusters.some((pattern) => matchesClusterPattern(pattern, clusterId))) return null;
  return { kind: 'other-cluster', clusters };
}

/** Whether all virtual clusters may be changed, by whoever may write. */
export function mayChangeAll({ clusters }: Pick<Rights, 'clusters'>): boolean {
  return clusters === null || clusters.includes('*');
}

/** Denies those who may not change all virtual clusters. */
export function fleetDenial(rights: Rights): Denial | null {
  const { clusters } = rights;
  if (!rights.mayWrite) return writeDenial(rights);
  return clusters === null || mayChangeAll(rights) ? null : { kind: 'all-clusters', clusters };
}

/** Whether a job is seen in a virtual cluster; `doubtful`: it is not certain that it runs there (`job-attribution.ts`). */
export type JobSighting = 'seen' | 'doubtful' | 'unseen';

/**
 * Denies those who may not make this change. A job is named by itself, so whoever may not change all clusters may stop
 * only what is seen, without a doubt, in the cluster that the request names.
 */
export function changeDenial(
  rights: Rights,
  request: ChangeRequest,
  sightingOf: (clusterId: string, submissionId: string) => JobSighting,
): Denial | null {
  const { clusterId } = request;
  const denial = clusterDenial(rights, clusterId);
  if (denial !== null || mayChangeAll(rights)) return denial;
  switch (request.kind) {
    case 'stop-job':
      switch (sightingOf(clusterId, request.submissionId)) {
        case 'seen':
          return null;
        case 'doubtful':
          return { kind: 'doubtful-job', clusterId };
        case 'unseen':
          return { kind: 'other-job', clusterId };
      }
      break;
    case 'save':
    case 'delete':
    case 'delete-when-idle':
    case 'release':
      return null;
  }
}

/** Denies everybody a change with an id that Ray can't undo, doesn't know or takes for another. `isListed`: the list has it. */
export function idDenial(request: ChangeRequest, isListed: boolean): Denial | null {
  const { clusterId } = request;
  switch (request.kind) {
    case 'release':
      return releaseDenial(clusterId, isListed) ?? reachabilityDenial(clusterId);
    case 'stop-job':
      return submissionIdDenial(request.submissionId) ?? separatorDenial(clusterId);
    case 'save':
      return separatorDenial(clusterId) ?? (request.base === null ? newIdDenial(clusterId) : null);
    case 'delete':
    case 'delete-when-idle':
      return separatorDenial(clusterId) ?? reachabilityDenial(clusterId);
  }
}

/** What no address reads in two ways. Whoever submits a job chooses its id: `x/../y` would stop the job `y` (fact 24). */
const PLAIN_SUBMISSION_ID = /^[\w.-]+$/;
const DRIVER_ID = /^[0-9a-f]{8}$/;

function submissionIdDenial(submissionId: string): Denial | null {
  if (!PLAIN_SUBMISSION_ID.test(submissionId)) return { kind: 'bad-submission-id', submissionId };
  return DRIVER_ID.test(submissionId) ? { kind: 'driver-id', submissionId } : null;
}

/** Whether a job of this submission id, and no other, can be stopped. */
export function mayStop(submissionId: string): boolean {
  return submissionIdDenial(submissionId) === null;
}

/** A submission id as part of a path; what a proxy could take for a separator is refused, and what can't be seen. */
const RELEASABLE_JOB = /^[^/\\?%\p{Cc}\p{Cs}\p{Cf}]+$/u;

function releaseDenial(clusterId: string, isListed: boolean): Denial | null {
  const parts = splitJobClusterId(clusterId);
  if (parts === null || !RELEASABLE_JOB.test(parts.submissionId)) return { kind: 'no-job-cluster', clusterId };
  return isListed ? { kind: 'listed-cluster', clusterId } : null;
}

/** Denies everybody a change with more templates than the journal should keep, wanted or in its base. */
export function sizeDenial(request: ChangeRequest): Denial | null {
  switch (request.kind) {
    case 'save':
      return templatesDenial(request.want) ?? templatesDenial(request.base?.replicaSets ?? {});
    case 'delete':
    case 'delete-when-idle':
      return templatesDenial(request.base?.replicaSets ?? {});
    case 'release':
    case 'stop-job':
      return null;
  }
}

/** The same for the replica sets of a script's save, whatever their counts are. */
export function templatesDenial(sets: Readonly<Record<string, unknown>>): Denial | null {
  const templateIds = Object.keys(sets);
  if (templateIds.length > MAX_TEMPLATES) return { kind: 'too-many-templates', count: templateIds.length };
  const characters = templateIds.reduce((sum, templateId) => sum + templateId.length, 0);
  return characters > MAX_TEMPLATE_CHARACTERS ? { kind: 'templates-too-long', characters } : null;
}

function reachabilityDenial(clusterId: string): Denial | null {
  const obstacle = removalObstacle(clusterId);
  return obstacle === null ? null : { kind: 'not-removable', clusterId, obstacle };
}

function separatorDenial(clusterId: string): Denial | null {
  return hasJobSeparator(clusterId) ? { kind: 'job-separator' } : null;
}

function newIdDenial(clusterId: string): Denial | null {
  const problem = checkNewClusterId(clusterId);
  return problem === null ? null : { kind: 'bad-new-id', problem };
}

/**
 * Denies a script's save with an id that Ray could never remove. Other ids are Ray's own to judge. `isListed`: it is there
 * already, so that a save can at least give its nodes back.
 */
export function scriptSaveDenial(clusterId: string, isListed: boolean): Denial | null {
  const separator = separatorDenial(clusterId);
  if (separator !== null || isListed) return separator;
  const obstacle = removalObstacle(clusterId);
  return obstacle === null ? null : { kind: 'never-removable', obstacle };
}

/** Denies a script's removal that can't reach Ray, or by an id with `##` that is no job cluster's. `isListed`: the list has it. */
export function scriptRemovalDenial(clusterId: string, isListed: boolean): Denial | null {
  const denial = hasJobSeparator(clusterId) ? releaseDenial(clusterId, isListed) : null;
  return denial ?? reachabilityDenial(clusterId);
}
