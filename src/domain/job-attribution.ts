import { PRIMARY_CLUSTER_ID, splitJobClusterId } from './cluster-id.ts';
import type { JobDoubt } from './fleet.ts';
import type { Sourced } from './sourced.ts';
import { isActiveStatus, type ListedJob, type Supervisor } from './sources.ts';

/** The virtual cluster that a job runs in, given the cluster that its supervisor names: a job cluster's parent, or itself. */
function homeOf(clusterId: string): string {
  return splitJobClusterId(clusterId)?.parentId ?? clusterId;
}

/**
 * What is doubtful of a job that is shown in a virtual cluster (`home`); undefined: nothing. Ray's users choose an actor's
 * name, namespace and class, and the environment that names its cluster (fact 24), so nobody is believed alone: a job is
 * certain where all that name its cluster name the same one, and the job list has it on the supervisor's node, which that
 * cluster holds. One that has ended has no supervisor any more: then the state API's own job cluster is enough.
 */
export function createJobAttribution(parts: {
  readonly supervisors: readonly Supervisor[];
  readonly jobs: Sourced<ReadonlyMap<string, ListedJob>>;
  /** The nodes of each job cluster. */
  readonly jobClusters: ReadonlyMap<string, { readonly nodeIds: readonly string[] }>;
  /** Whether `jobClusters` is what the state API shows now; else they are remembered, or named by supervisors alone. */
  readonly isStateKnown: boolean;
  /** The virtual cluster of the management list that holds a node; null: none. */
  readonly holderOf: (nodeId: string) => string | null;
}): (submissionId: string, home: string) => JobDoubt | undefined {
  const { supervisors, jobs, jobClusters, isStateKnown, holderOf } = parts;
  const homes = new Map<string, Set<string>>();
  const supervisorNodes = new Map<string, string[]>();
  for (const { submissionId, clusterId, nodeId } of supervisors) {
    if (clusterId !== null) addTo(homes, submissionId, homeOf(clusterId));
    supervisorNodes.set(submissionId, [...(supervisorNodes.get(submissionId) ?? []), nodeId]);
  }
  for (const id of jobClusters.keys()) {
    const names = splitJobClusterId(id);
    if (names !== null) addTo(homes, names.submissionId, names.parentId);
  }

  return (submissionId, home) => {
    const job = jobs.known ? jobs.value.get(submissionId) : undefined;
    if ((homes.get(submissionId)?.size ?? 0) > 1) return 'contested';
    if (job === undefined) return 'unconfirmed';
    const own = jobClusters.get(`${home}##${submissionId}`);
    // Before its supervisor runs and after it has ended, only a cluster of its own, which Ray made, tells where a job runs.
    if (job.driverNodeId === null || !isActiveStatus(job.status))
      return own !== undefined && isStateKnown ? undefined : 'unconfirmed';
    const { driverNodeId } = job;
    const isAgreed = (supervisorNodes.get(submissionId) ?? []).every((nodeId) => nodeId === driverNodeId);
    const isOwn = own === undefined || !isStateKnown || own.nodeIds.includes(driverNodeId);
    const isHeld = (holderOf(driverNodeId) ?? PRIMARY_CLUSTER_ID) === home;
    return isAgreed && isOwn && isHeld ? undefined : 'unconfirmed';
  };
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string) {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}
