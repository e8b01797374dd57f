import * as z from 'zod/mini';

/** An actor that a user of Ray named like the supervisor of a job, with a virtual cluster of their own (fact 24). */
export interface ForgedSupervisor {
  readonly submissionId: string;
  readonly clusterId: string;
  readonly nodeId: string;
}

const page = z.object({
  result: z.boolean(),
  msg: z.string(),
  data: z.object({
    result: z.looseObject({
      total: z.number(),
      num_after_truncation: z.number(),
      num_filtered: z.number(),
      result: z.array(z.unknown()),
    }),
  }),
});

/** Ray's page of actors with the forged ones, first or last. A reply that is no page stays as it is. */
export function withForged(text: string, forged: readonly ForgedSupervisor[], isFirst: boolean): string {
  if (forged.length === 0) return text;
  const reply = page.safeParse(JSON.parse(text));
  if (!reply.success) return text;
  const { result: rows, ...counts } = reply.data.data.result;
  const more = forged.map(rowOf);
  const data = {
    result: {
      ...counts,
      total: counts.total + more.length,
      num_after_truncation: counts.num_after_truncation + more.length,
      num_filtered: counts.num_filtered + more.length,
      result: isFirst ? [...more, ...rows] : [...rows, ...more],
    },
  };
  return JSON.stringify({ ...reply.data, data });
}

function rowOf({ submissionId, clusterId, nodeId }: ForgedSupervisor, index: number): object {
  return {
    job_id: '02000000',
    state: 'ALIVE',
    class_name: 'JobSupervisor',
    node_id: nodeId,
    ray_namespace: 'SUPERVISOR_ACTOR_RAY_NAMESPACE',
    actor_id: index.toString(16).padStart(32, 'f'),
    name: `_ray_internal_job_actor_${submissionId}`,
    pid: '1',
    serialized_runtime_env: JSON.stringify({ env_vars: { VIRTUAL_CLUSTER_ID: clusterId } }),
  };
}
