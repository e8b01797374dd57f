import type { ClusterIdProblem, RemovalObstacle } from './cluster-id.ts';
import { MAX_PLAN_COUNTS } from './plan/plan.ts';
import { MAX_TEMPLATE_CHARACTERS, MAX_TEMPLATES } from './replica-sets.ts';

/** Why somebody may change nothing at all: the console was started so, they only look, Ray's list can't be read (fact 26), or they may change other Rays. */
export type ReadOnlyReason = 'started-read-only' | 'viewer' | 'list-unreadable' | 'other-rays';

/** Why a change may not be sent. */
export type Denial =
  | { readonly kind: 'read-only'; readonly because: string | null; readonly reason: ReadOnlyReason | null }
  | { readonly kind: 'other-cluster'; readonly clusters: readonly string[] }
  | { readonly kind: 'all-clusters'; readonly clusters: readonly string[] }
  /** Nothing shows that the job runs in the cluster that the request names. */
  | { readonly kind: 'other-job'; readonly clusterId: string }
  /** The job is seen there, but it is not certain that it runs there. */
  | { readonly kind: 'doubtful-job'; readonly clusterId: string }
  | { readonly kind: 'no-job-cluster'; readonly clusterId: string }
  /** A virtual cluster has this job cluster's name; Ray's control store crashes when it is asked to remove it (fact 12). */
  | { readonly kind: 'listed-cluster'; readonly clusterId: string }
  | { readonly kind: 'bad-submission-id'; readonly submissionId: string }
  /** Ray looks for a driver of this number first, and stops that one's job (fact 24). */
  | { readonly kind: 'driver-id'; readonly submissionId: string }
  /** Ray would list such a virtual cluster and never remove it (fact 12). */
  | { readonly kind: 'job-separator' }
  | { readonly kind: 'bad-new-id'; readonly problem: ClusterIdProblem }
  /** Of a goal of a plan: neither there before nor after. */
  | { readonly kind: 'nothing-to-do' }
  | { readonly kind: 'named-twice' }
  /** `counts`: of nodes, over all virtual clusters and templates of a plan, before and after. */
  | { readonly kind: 'plan-too-large'; readonly counts: number }
  | { readonly kind: 'too-many-templates'; readonly count: number }
  | { readonly kind: 'templates-too-long'; readonly characters: number }
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
    case 'doubtful-job':
      return `It is not certain that this job runs in ${denial.clusterId}, so only who may change every virtual cluster may stop it.`;
    case 'listed-cluster':
      return `${denial.clusterId} is a virtual cluster with a job cluster's name. Asked to remove it, Ray would crash, so nothing was sent.`;
    case 'driver-id':
      return `${denial.submissionId} has the form of a driver's number, and Ray would stop that driver's job instead of this one.`;
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
    case 'nothing-to-do':
      return 'Neither there before nor after, so there is nothing to do.';
    case 'named-twice':
      return 'A plan names each virtual cluster once. Join what it says of one.';
    case 'plan-too-large':
      return `This plan names ${denial.counts.toLocaleString('en')} counts of nodes, before and after; a plan may name at most ${MAX_PLAN_COUNTS.toLocaleString('en')}.`;
    case 'too-many-templates':
      return `This names ${denial.count.toLocaleString('en')} templates; a change may name at most ${MAX_TEMPLATES.toLocaleString('en')}.`;
    case 'templates-too-long':
      return `The names of these templates have ${denial.characters.toLocaleString('en')} characters in all; those of a change may have at most ${MAX_TEMPLATE_CHARACTERS.toLocaleString('en')}.`;
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
