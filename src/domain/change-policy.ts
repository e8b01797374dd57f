import type { ChangeRequest } from './change.ts';
import {
  checkNewClusterId,
  hasJobSeparator,
  removalObstacle,
  splitJobClusterId,
  type ClusterIdProblem,
  type RemovalObstacle,
} from './cluster-id.ts';
import { matchesClusterPattern } from './cluster-pattern.ts';

/** What a person or script may do. The server decides by it; the page shows what the server would decide. */
export interface Rights {
  readonly mayWrite: boolean;
  /** Why not, in words; null when writing is allowed. */
  readonly mayNotWriteBecause: string | null;
  /** Patterns of the ids that may be changed (`team-a-*`); null for all. */
  readonly clusters: readonly string[] | null;
}

/** Why a change may not be sent. */
export type Denial =
  | { readonly kind: 'read-only'; readonly because: string | null }
  | { readonly kind: 'other-cluster'; readonly clusters: readonly string[] }
  | { readonly kind: 'all-clusters'; readonly clusters: readonly string[] }
  /** Nothing shows that the job runs in the cluster that the request names. */
  | { readonly kind: 'other-job'; readonly clusterId: string }
  | { readonly kind: 'no-job-cluster'; readonly clusterId: string }
  | { readonly kind: 'bad-submission-id'; readonly submissionId: string }
  /** Ray would list such a virtual cluster and never remove it (fact 12). */
  | { readonly kind: 'job-separator' }
  | { readonly kind: 'bad-new-id'; readonly problem: ClusterIdProblem }
  /** Ray would take it as the id of a new virtual cluster, and no DELETE would reach that. */
  | { readonly kind: 'never-removable'; readonly obstacle: RemovalObstacle }
  /** It may be there already, and no DELETE reaches it. */
  | { readonly kind: 'not-removable'; readonly clusterId: string; readonly obstacle: RemovalObstacle };

/** A denial in one sentence, for people. */
export function describeDenial(denial: Denial): string {
  switch (denial.kind) {
    case 'read-only':
      return denial.because ?? 'You may not write.';
    case 'other-cluster':
      return `You may change only virtual clusters named ${denial.clusters.join(' or ')}.`;
    case 'all-clusters':
      return `You may change only virtual clusters named ${denial.clusters.join(' or ')}, and this concerns all.`;
    case 'other-job':
      return `The console does not see this job in ${denial.clusterId}, and you may not stop jobs of every virtual cluster.`;
    case 'no-job-cluster':
      return `${denial.clusterId} names no job's cluster, so there is nothing to release.`;
    case 'bad-submission-id':
      return `${denial.submissionId} is no submission id of Ray's.`;
    case 'job-separator':
      return 'An id with ## belongs to a job: Ray could never remove such a virtual cluster again.';
    case 'bad-new-id':
      return `This can't be the id of a new virtual cluster (${denial.problem}).`;
    case 'never-removable':
      return `${OBSTACLES[denial.obstacle]}, so this virtual cluster could never be removed.`;
    case 'not-removable':
      return `${OBSTACLES[denial.obstacle]}. ${remedyFor(denial)}`;
  }
}

const OBSTACLES: Readonly<Record<RemovalObstacle, string>> = {
  'path-dots': 'An id of . or .. is lost on the way, in every URL',
  braces: "Ray's DELETE finds no id with { or } in it",
  'too-long-for-path': 'This id is too long to stand in the path of a DELETE',
};

/** What can be done about a virtual cluster that the console can't remove. */
function remedyFor({ clusterId, obstacle }: Extract<Denial, { kind: 'not-removable' }>): string {
  switch (obstacle) {
    case 'path-dots':
      return `Remove it at Ray itself: curl --path-as-is -X DELETE <address of Ray>/virtual_clusters/${clusterId}`;
    case 'braces':
    case 'too-long-for-path':
      return 'It stays until Ray is restarted; give its nodes back by setting its counts to 0.';
  }
}

/** Denies those who may change nothing at all. */
export function writeDenial({
  mayWrite,
  mayNotWriteBecause,
}: Pick<Rights, 'mayWrite' | 'mayNotWriteBecause'>): Denial | null {
  return mayWrite ? null : { kind: 'read-only', because: mayNotWriteBecause };
}

/** Denies those who may not change this virtual cluster, or the one that this job cluster was cut from. */
export function clusterDenial(rights: Rights, clusterId: string): Denial | null {
  const { clusters } = rights;
  if (!rights.mayWrite) return writeDenial(rights);
  if (clusters === null || clusters.some((pattern) => matchesClusterPattern(pattern, clusterId))) return null;
  return { kind: 'other-cluster', clusters };
}

/** Denies those who may not change all virtual clusters. */
export function fleetDenial(rights: Rights): Denial | null {
  const { clusters } = rights;
  if (!rights.mayWrite) return writeDenial(rights);
  return clusters === null || clusters.includes('*') ? null : { kind: 'all-clusters', clusters };
}

/**
 * Denies those who may not make this change. A job is named by itself, so whoever may not change all clusters may stop
 * only what is seen in the cluster that the request names: `runsIn` tells whether a job is.
 */
export function changeDenial(
  rights: Rights,
  request: ChangeRequest,
  runsIn: (clusterId: string, submissionId: string) => boolean,
): Denial | null {
  const { clusterId } = request;
  const denial = clusterDenial(rights, clusterId);
  if (denial !== null || rights.clusters === null) return denial;
  switch (request.kind) {
    case 'stop-job':
      return runsIn(clusterId, request.submissionId) ? null : { kind: 'other-job', clusterId };
    case 'save':
    case 'delete':
    case 'delete-when-idle':
    case 'release':
      return null;
  }
}

/** Denies everybody a change with an id that Ray can't undo or doesn't know. */
export function idDenial(request: ChangeRequest): Denial | null {
  const { clusterId } = request;
  switch (request.kind) {
    case 'release':
      return splitJobClusterId(clusterId) === null
        ? { kind: 'no-job-cluster', clusterId }
        : reachabilityDenial(clusterId);
    case 'stop-job':
      if (!/^[\w.-]+$/.test(request.submissionId)) {
        return { kind: 'bad-submission-id', submissionId: request.submissionId };
      }
      return separatorDenial(clusterId);
    case 'save':
      return separatorDenial(clusterId) ?? (request.base === null ? newIdDenial(clusterId) : null);
    case 'delete':
    case 'delete-when-idle':
      return separatorDenial(clusterId) ?? reachabilityDenial(clusterId);
  }
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

/** Denies a script's removal that can't reach Ray, or by an id with `##` that is no job cluster's. */
export function scriptRemovalDenial(clusterId: string): Denial | null {
  const isTrapped = hasJobSeparator(clusterId) && splitJobClusterId(clusterId) === null;
  return isTrapped ? { kind: 'no-job-cluster', clusterId } : reachabilityDenial(clusterId);
}

/** Why a virtual cluster, or a job cluster, may not be changed, in one sentence; null when it may. */
export function denialReason(rights: Rights, clusterId: string): string | null {
  return reasonOf(clusterDenial(rights, clusterId));
}

/** Why what concerns all virtual clusters may not be changed, in one sentence; null when it may. */
export function fleetDenialReason(rights: Rights): string | null {
  return reasonOf(fleetDenial(rights));
}

function reasonOf(denial: Denial | null): string | null {
  return denial === null ? null : describeDenial(denial);
}
