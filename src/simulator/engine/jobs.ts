import { NodeGroups } from './node-groups.ts';
import {
  assignNode,
  updateNode,
  moveToJobCluster,
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

/** A supervisor needs so long to start, milliseconds. */
const SUPERVISOR_START_MS = 1000;
/** A supervisor outlives its job by so long, milliseconds; until then the job still holds its cluster. */
const SUPERVISOR_LINGER_MS = 500;

export interface JobRequest {
  readonly entrypoint: string;
  readonly clusterId: string;
  readonly replicaSets: ReadonlyMap<string, number> | null;
  /** CPUs that one task of it keeps taken; 0 for a job that uses none; `all`: all that its nodes have free. */
  readonly cpus: number | 'all';
  readonly submissionId?: string;
}

function newSubmissionId(world: World): string {
  return `raysubmit_${world.random.alphanumeric(16)}`;
}

/**
 * Takes a job as `POST /api/jobs/` does (fact 22): it may have failed already. With replica sets it gets a cluster of
 * its own, which moves the revision of the parent (fact 6).
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

/** The supervisor comes up on one of the largest nodes of the workplace; without any the job goes on waiting. */
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

/** The job's task takes its CPUs on the supervisor's node or the first other that has them; else it waits. */
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

/** Makes a running job keep all CPUs that its nodes have free. */
export function takeAllFreeCpus(world: World, job: Job): void {
  job.cpus = 'all';
  placeTasks(world, job);
}

function findNode(nodes: Iterable<SimNode>, isWanted: (node: SimNode) => boolean): SimNode | undefined {
  for (const node of nodes) if (isWanted(node)) return node;
  return undefined;
}

/** Ends the job's tasks, of one node or of all. */
function endTasks(world: World, job: Job, on: SimNode | null = null): void {
  for (const [node, cpus] of [...job.tasks]) {
    if (on !== null && node !== on) continue;
    job.tasks.delete(node);
    node.jobsUsingCpus.delete(job);
    updateNode(world, node, { usedCpus: node.usedCpus - cpus });
  }
  if (job.workplace !== null) resumeWaitingJobs(world, job.workplace);
}

/** To be called when a workplace got nodes or CPUs back: what waits there may go on. */
export function resumeWaitingJobs(world: World, workplace: Workplace): void {
  for (const job of workplace.activeJobs) {
    if (job.status === 'PENDING') world.events.schedule(world.now + SUPERVISOR_START_MS, () => startJob(world, job));
    else placeTasks(world, job);
  }
}

/** Ends a job that is not over, and only one that runs can succeed; false otherwise. Its cluster stays behind (fact 23). */
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

const USER_EXIT_MESSAGE =
  'The actor is dead because its worker process has died. Worker exit type: INTENDED_USER_EXIT Worker exit detail: Worker exits by an user request. Worker exits with an exit code 0. exit_actor() is called.';

function endSupervisor(world: World, job: Job, death: string): void {
  job.workplace?.activeJobs.delete(job);
  if (job.supervisor === null || job.supervisor.death !== null) return;
  job.supervisor.death = death;
  job.supervisor.node.supervisedJobs.delete(job);
  markChanged(world);
}

/** A node takes the jobs with it whose supervisor it hosts; tasks of others start again elsewhere. `why`: in Ray's words. */
export function failJobsOn(world: World, node: SimNode, why: string): void {
  for (const job of [...node.supervisedJobs]) {
    const supervisor = job.supervisor;
    endSupervisor(world, job, why);
    if (job.status !== 'RUNNING' || supervisor === null) continue;
    job.status = 'FAILED';
    job.endedAt = world.now;
    job.message = `Unexpected error occurred: The actor died unexpectedly before finishing this task.\n\tclass_name: JobSupervisor\n\tactor_id: ${supervisor.actorId}\n\tpid: ${String(supervisor.pid)}\n\tname: _ray_internal_job_actor_${job.submissionId}\n\tnamespace: SUPERVISOR_ACTOR_RAY_NAMESPACE\n\tip: ${node.ip}\n${supervisor.death ?? ''}`;
    endTasks(world, job);
  }
  for (const job of [...node.jobsUsingCpus]) endTasks(world, job, node);
}

/** Shrinking takes the node from under its jobs: one that hosts only supervisors counts as idle (fact 25). */
export const NODE_REMOVED_MESSAGE =
  'The actor is dead because its worker process has died. Worker exit type: INTENDED_SYSTEM_EXIT Worker exit detail: Worker is cleaned because the node is removed from virtual cluster.';

function noSupervisorMessage(submissionId: string, clusterId: string): string {
  return `Failed to start supervisor actor ${submissionId}: 'Invalid virtual cluster, virtual cluster id: ${clusterId}'. Full traceback:
Traceback (most recent call last):
  File "site-packages/ray/dashboard/modules/job/job_manager.py", line 633, in submit_job
    ).remote(
      ^^^^^^^
  File "site-packages/ray/actor.py", line 900, in remote
    return actor_cls._remote(args=args, kwargs=kwargs, **updated_options)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "site-packages/ray/_private/auto_init_hook.py", line 21, in auto_init_wrapper
    return fn(*args, **kwargs)
           ^^^^^^^^^^^^^^^^^^^
  File "site-packages/ray/util/tracing/tracing_helper.py", line 545, in _invocation_actor_class_remote_span
    return method(self, args, kwargs, *_args, **_kwargs)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "site-packages/ray/actor.py", line 1238, in _remote
    actor_id = worker.core_worker.create_actor(
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "python/ray/_raylet.pyx", line 3856, in ray._raylet.CoreWorker.create_actor
  File "python/ray/_raylet.pyx", line 3904, in ray._raylet.CoreWorker.create_actor
  File "python/ray/includes/common.pxi", line 75, in ray._raylet.check_status
ValueError: Invalid virtual cluster, virtual cluster id: ${clusterId}
`;
}
