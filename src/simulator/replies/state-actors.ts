import { pythonObject, pythonString } from './python-text.ts';
import { shuffledObject, statePage, type SimReply } from './reply.ts';
import { matchesFilters, MAX_ROWS, type StateQuery } from './state-query.ts';
import { SUPERVISOR_NAMESPACE, supervisorName } from '../engine/job-messages.ts';
import type { Job, Supervisor, World } from '../engine/world.ts';

/** `GET /api/v0/actors` (fact 24): the supervisor of every job that ever had one, including dead ones; never cached. */
export function stateActorsReply(world: World, options: StateQuery): SimReply {
  const all = [...world.jobs.values()]
    .flatMap((job) => (job.supervisor === null ? [] : [{ job, supervisor: job.supervisor }]))
    .sort((one, other) => (one.supervisor.actorId < other.supervisor.actorId ? -1 : 1));
  const given = all.slice(0, MAX_ROWS);
  const wanted = given.filter(({ job, supervisor }) =>
    matchesFilters(options, {
      actor_id: supervisor.actorId,
      state: stateOf(supervisor),
      job_id: DASHBOARD_DRIVER_ID,
      node_id: supervisor.node.id,
      name: supervisorName(job),
      class_name: 'JobSupervisor',
      ray_namespace: SUPERVISOR_NAMESPACE,
      pid: String(supervisor.pid),
    }),
  );
  return statePage(
    { total: all.length, afterTruncation: given.length, filtered: wanted.length },
    wanted.slice(0, options.limit).map(({ job, supervisor }) => rowOf(job, supervisor, options.detail, world.seed)),
  );
}

/** The dashboard's own driver, which starts the supervisors. */
const DASHBOARD_DRIVER_ID = '01000000';

function stateOf(supervisor: Supervisor): 'ALIVE' | 'DEAD' {
  return supervisor.death === null ? 'ALIVE' : 'DEAD';
}

function rowOf(job: Job, supervisor: Supervisor, detail: boolean, seed: number): string {
  const members: (readonly [string, string])[] = [
    ['job_id', `"${DASHBOARD_DRIVER_ID}"`],
    ['state', `"${stateOf(supervisor)}"`],
    ['class_name', '"JobSupervisor"'],
    ['node_id', `"${supervisor.node.id}"`],
    ['ray_namespace', `"${SUPERVISOR_NAMESPACE}"`],
    ['actor_id', `"${supervisor.actorId}"`],
    ['name', pythonString(supervisorName(job))],
    ['pid', String(supervisor.pid)],
  ];
  if (detail) {
    members.push(
      ['placement_group_id', 'null'],
      ['repr_name', '""'],
      ['serialized_runtime_env', pythonString(runtimeEnv(job.clusterId))],
      ['num_restarts_due_to_lineage_reconstruction', '"0"'],
      ['death_cause', deathCause(job, supervisor)],
      ['num_restarts', '"0"'],
      ['required_resources', '{}'],
      ['call_site', 'null'],
      ['is_detached', 'true'],
    );
  }
  return shuffledObject(members, seed);
}

function runtimeEnv(clusterId: string): string {
  const variables = pythonObject([
    ['RAY_EXPERIMENTAL_NOSET_CUDA_VISIBLE_DEVICES', '"1"'],
    ['RAY_worker_niceness', '"0"'],
    ['VIRTUAL_CLUSTER_ID', pythonString(clusterId)],
  ]);
  return `{"env_vars": ${variables}}`;
}

function deathCause(job: Job, supervisor: Supervisor): string {
  if (supervisor.death === null) return 'null';
  const context = pythonObject([
    ['error_message', pythonString(supervisor.death)],
    ['owner_id', `"${DASHBOARD_DRIVER_ID}${'f'.repeat(48)}"`],
    ['owner_ip_address', `"${supervisor.node.ip}"`],
    ['node_ip_address', `"${supervisor.node.ip}"`],
    ['pid', String(supervisor.pid)],
    ['name', pythonString(supervisorName(job))],
    ['ray_namespace', `"${SUPERVISOR_NAMESPACE}"`],
    ['class_name', '"JobSupervisor"'],
    ['actor_id', `"${supervisor.actorId}"`],
    ['reason', '"WORKER_DIED"'],
    ['never_started', 'false'],
  ]);
  return `{"actor_died_error_context": ${context}}`;
}
