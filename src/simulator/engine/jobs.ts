import { noSupervisorMessage, supervisorDiedMessage, USER_EXIT_MESSAGE } from './job-messages.ts';
import { NodeGroups } from './node-groups.ts';
import { assignNode, updateNode, moveToJobCluster } from './membership.ts';
import {
  nextRevision,
  PRIMARY_CLUSTER_ID,
  markChanged,
  type Cluster,
  type Job,
  type JobCluster,
  type SimNode,
  type Workplace,
  type World,
} from './world.ts';

/** How long a supervisor takes to start, milliseconds. */
const SUPERVISOR_START_MS = 1000;
/** How long a supervisor outlives its job, milliseconds; until then the job's cluster is in use. */
const SUPERVISOR_LINGER_MS = 500;

export interface JobRequest {
  readonly entrypoint: string;
  readonly clusterId: string;
  readonly replicaSets: ReadonlyMap<string, number> | null;
  /** CPUs that its task uses; 0 for none; `all`: all free CPUs of its nodes. */
  readonly cpus: number | 'all';
  readonly submissionId?: string;
}

function newSubmissionId(world: World): string {
  return `raysubmit_${world.random.alphanumeric(16)}`;
}

/**
 * Submits a job like `POST /api/jobs/`, which accepts jobs that fail at once (fact 22). With replica sets it gets a
 * cluster of its own, which moves the revision of the parent (fact 6).
 */
export function submitJob(world: World, request: JobRequest): Job {
  const submissionId = request.submissionId ?? newSubmissionId(world);
  const place = findWorkplace(world, request, submissionId);
  const job: Job = {
    submissionId,
    entrypoint: request.entrypoint,
    clusterId: place.ok ? place.workplace.id : request.clusterId,
    cpus: request.cpus,
    workplace: place.ok ? place.workplace : null,
    startedAt: world.now,
    agentPort: 20_000 + world.random.below(40_000),
    status: place.ok ? 'PENDING' : 'FAILED',
    message: place.ok
      ? 'Job has not started yet. It may be waiting for the runtime environment to be set up.'
      : place.message,
    endedAt: place.ok ? null : world.now + 5,
    exitCode: null,
    supervisor: null,
    driver: null,
    tasks: new Map(),
  };
  world.jobs.set(submissionId, job);
  markChanged(world);
  if (place.ok) {
    place.workplace.activeJobs.add(job);
    world.events.schedule(world.now + SUPERVISOR_START_MS, () => startJob(world, job));
  }
  return job;
}

type WorkplaceResult =
  | { readonly ok: true; readonly workplace: Workplace }
  | { readonly ok: false; readonly message: string };

function findWorkplace(world: World, request: JobRequest, submissionId: string): WorkplaceResult {
  const { clusterId, replicaSets } = request;
  const cluster = world.clusters.get(clusterId) ?? null;
  if (replicaSets === null || replicaSets.size === 0) {
    if (cluster !== null && !cluster.divisible) return { ok: true, workplace: cluster };
    return { ok: false, message: noSupervisorMessage(submissionId, clusterId) };
  }
  if (cluster === null && clusterId !== PRIMARY_CLUSTER_ID) {
    return { ok: false, message: `Create Job Cluster Failed, virtual cluster not exists: ${clusterId}` };
  }
  if (cluster !== null && !cluster.divisible) {
    return { ok: false, message: `Create Job Cluster Failed,  virtual cluster is not exclusive: ${clusterId}` };
  }
  const id = `${clusterId}##${submissionId}`;
  const from = cluster === null ? world.freePool : cluster.undivided;
  const nodes: SimNode[] = [];
  for (const [templateId, count] of replicaSets) {
    const found = from.find(templateId, count, (node) => node.state !== 'dead');
    if (found.length < count) {
      return {
        ok: false,
        message: `Create Job Cluster Failed, No enough node instances to create the job cluster ${id}`,
      };
    }
    nodes.push(...found);
  }
  return { ok: true, workplace: createJobCluster(world, id, cluster, nodes) };
}

function createJobCluster(world: World, id: string, parent: Cluster | null, nodes: readonly SimNode[]): JobCluster {
  const jobCluster: JobCluster = { id, parent, nodes: new NodeGroups(), activeJobs: new Set() };
  if (parent === null) {
    world.primaryJobClusters.set(id, jobCluster);
    for (const node of nodes) assignNode(world, node, null, jobCluster);
  } else {
    parent.jobClusters.set(id, jobCluster);
    for (const node of nodes) moveToJobCluster(world, node, jobCluster);
    parent.revision = nextRevision(world);
  }
  markChanged(world, parent);
  return jobCluster;
}

/** Starts the supervisor on one of the largest alive nodes of the workplace; without one the job stays pending. */
function startJob(world: World, job: Job): void {
  const { workplace } = job;
  if (job.status !== 'PENDING' || workplace === null) return;
  const alive = [...workplace.nodes].filter((node) => node.state === 'alive');
  const most = alive.reduce((cpus, node) => Math.max(cpus, node.capacity.cpus ?? 0), 0);
  const largest = alive.filter((node) => (node.capacity.cpus ?? 0) === most);
  const node = largest[world.random.below(largest.length)];
  if (node === undefined) return;
  job.supervisor = {
    actorId: `${world.random.hex(24)}01000000`,
    pid: 2000 + world.random.below(60_000),
    node,
    death: null,
  };
  node.supervisedJobs.add(job);
  job.status = 'RUNNING';
  job.message = 'Job is currently running.';
  if (job.cpus !== 0) {
    world.driverCount += 1;
    job.driver = { number: world.driverCount, pid: 2000 + world.random.below(60_000) };
  }
  markChanged(world);
  placeTasks(world, job);
}

/** Gives the job's task its CPUs on the supervisor's node, or another with enough free CPUs; otherwise it waits. */
function placeTasks(world: World, job: Job): void {
  const { cpus, workplace } = job;
  if (job.status !== 'RUNNING' || workplace === null || cpus === 0) return;
  if (cpus === 'all') {
    for (const node of workplace.nodes)
      if (node.state === 'alive' && freeCpus(node) > 0) takeCpus(world, job, node, freeCpus(node));
    return;
  }
  if (job.tasks.size > 0) return;
  const hasRoom = (node: SimNode) => node.state === 'alive' && freeCpus(node) >= cpus;
  const first = job.supervisor?.node;
  const node = first !== undefined && hasRoom(first) ? first : findNode(workplace.nodes, hasRoom);
  if (node !== undefined) takeCpus(world, job, node, cpus);
}

function freeCpus(node: SimNode): number {
  return (node.capacity.cpus ?? 0) - node.usedCpus;
}

function takeCpus(world: World, job: Job, node: SimNode, cpus: number): void {
  job.tasks.set(node, (job.tasks.get(node) ?? 0) + cpus);
  node.jobsUsingCpus.add(job);
  updateNode(world, node, { usedCpus: node.usedCpus + cpus });
}

/** Makes a running job use all free CPUs of its nodes. */
export function takeAllFreeCpus(world: World, job: Job): void {
  job.cpus = 'all';
  placeTasks(world, job);
}

function findNode(nodes: Iterable<SimNode>, isWanted: (node: SimNode) => boolean): SimNode | undefined {
  for (const node of nodes) if (isWanted(node)) return node;
  return undefined;
}

/** Ends the job's tasks, on one node or on all. */
function endTasks(world: World, job: Job, on: SimNode | null = null): void {
  for (const [node, cpus] of [...job.tasks]) {
    if (on !== null && node !== on) continue;
    job.tasks.delete(node);
    node.jobsUsingCpus.delete(job);
    updateNode(world, node, { usedCpus: node.usedCpus - cpus });
  }
  if (job.workplace !== null) resumeWaitingJobs(world, job.workplace);
}

/** Must be called when a workplace gets nodes or CPUs back: waiting jobs may continue. */
export function resumeWaitingJobs(world: World, workplace: Workplace): void {
  for (const job of workplace.activeJobs) {
    if (job.status === 'PENDING') world.events.schedule(world.now + SUPERVISOR_START_MS, () => startJob(world, job));
    else placeTasks(world, job);
  }
}

/** Ends an active job; only a running one can succeed. False if it can't end so. Its job cluster stays (fact 23). */
export function endJob(world: World, job: Job, how: 'SUCCEEDED' | 'STOPPED'): boolean {
  if (how === 'SUCCEEDED') startJob(world, job);
  if (job.status !== 'RUNNING' && (job.status !== 'PENDING' || how === 'SUCCEEDED')) return false;
  job.status = how;
  job.message = how === 'SUCCEEDED' ? 'Job finished successfully.' : 'Job was intentionally stopped.';
  job.endedAt = world.now;
  job.exitCode = how === 'SUCCEEDED' ? 0 : null;
  markChanged(world);
  endTasks(world, job);
  if (job.supervisor === null) job.workplace?.activeJobs.delete(job);
  else world.events.schedule(world.now + SUPERVISOR_LINGER_MS, () => endSupervisor(world, job, USER_EXIT_MESSAGE));
  return true;
}

function endSupervisor(world: World, job: Job, death: string): void {
  job.workplace?.activeJobs.delete(job);
  if (job.supervisor === null || job.supervisor.death !== null) return;
  job.supervisor.death = death;
  job.supervisor.node.supervisedJobs.delete(job);
  markChanged(world);
}

/** Fails the jobs whose supervisor runs on the node; tasks of other jobs restart elsewhere. `reason`: Ray's message. */
export function failJobsOn(world: World, node: SimNode, reason: string): void {
  for (const job of [...node.supervisedJobs]) {
    const supervisor = job.supervisor;
    endSupervisor(world, job, reason);
    if (job.status !== 'RUNNING' || supervisor === null) continue;
    job.status = 'FAILED';
    job.endedAt = world.now;
    job.message = supervisorDiedMessage(job, supervisor);
    endTasks(world, job);
  }
  for (const job of [...node.jobsUsingCpus]) endTasks(world, job, node);
}
