import type { Job, Supervisor } from './world.ts';

/** Ray's namespace of the actors that supervise jobs. */
export const SUPERVISOR_NAMESPACE = 'SUPERVISOR_ACTOR_RAY_NAMESPACE';

/** The name of a job's supervisor actor (fact 24). */
export function supervisorName({ submissionId }: Job): string {
  return `_ray_internal_job_actor_${submissionId}`;
}

/** Why a supervisor died whose job has ended. */
export const USER_EXIT_MESSAGE =
  'The actor is dead because its worker process has died. Worker exit type: INTENDED_USER_EXIT Worker exit detail: Worker exits by an user request. Worker exits with an exit code 0. exit_actor() is called.';

/** Ray's message of a job whose supervisor died with its node (facts 24, 25). */
export function supervisorDiedMessage(job: Job, supervisor: Supervisor): string {
  return `Unexpected error occurred: The actor died unexpectedly before finishing this task.\n\tclass_name: JobSupervisor\n\tactor_id: ${supervisor.actorId}\n\tpid: ${String(supervisor.pid)}\n\tname: ${supervisorName(job)}\n\tnamespace: ${SUPERVISOR_NAMESPACE}\n\tip: ${supervisor.node.ip}\n${supervisor.death ?? ''}`;
}

/** Why a supervisor died whose node was removed by shrinking: a node with only supervisors counts as idle (fact 25). */
export const NODE_REMOVED_MESSAGE =
  'The actor is dead because its worker process has died. Worker exit type: INTENDED_SYSTEM_EXIT Worker exit detail: Worker is cleaned because the node is removed from virtual cluster.';

/** Ray's message for a job that its virtual cluster can't take without replica sets (fact 22). */
export function noSupervisorMessage(submissionId: string, clusterId: string): string {
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
