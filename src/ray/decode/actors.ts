import * as z from 'zod/mini';
import type { Supervisor } from '../../domain/sources.ts';
import { rowsReader } from './state-page.ts';
import { failed, type Parsed, type ReplyReader } from './reply.ts';

const SUPERVISOR_NAME = '_ray_internal_job_actor_';
const SUPERVISOR_CLASS = 'JobSupervisor';
const SUPERVISOR_NAMESPACE = 'SUPERVISOR_ACTOR_RAY_NAMESPACE';

const actorRow = z.object({
  name: z.nullish(z.string()),
  class_name: z.nullish(z.string()),
  ray_namespace: z.nullish(z.string()),
  state: z.string(),
  node_id: z.nullish(z.string()),
  serialized_runtime_env: z.nullish(z.string()),
});

const runtimeEnv = z.object({ env_vars: z.object({ VIRTUAL_CLUSTER_ID: z.string() }) });

/**
 * The alive job supervisors among the actors: by name, class and namespace, which others may choose alike (fact 24), so that
 * `domain/job-attribution.ts` believes none alone. Of their runtime environment only the cluster is kept: users put
 * secrets there.
 */
export function actorsReader(): ReplyReader<readonly Supervisor[]> {
  return rowsReader(actorRow, supervisorIn, true);
}

/** Null for any other actor. */
function supervisorIn(row: z.infer<typeof actorRow>): Parsed<Supervisor> | null {
  if (row.state !== 'ALIVE' || !row.name?.startsWith(SUPERVISOR_NAME)) return null;
  if (row.class_name !== SUPERVISOR_CLASS || row.ray_namespace !== SUPERVISOR_NAMESPACE) return null;
  const submissionId = row.name.slice(SUPERVISOR_NAME.length);
  if (submissionId === '') return null;
  if (!row.node_id) return failed('unreadable', `supervisor ${submissionId.slice(0, 80)} has no node`);
  const clusterId = readClusterId(row.serialized_runtime_env ?? '');
  return { ok: true, value: { submissionId, nodeId: row.node_id, clusterId } };
}

function readClusterId(serialized: string): string | null {
  try {
    const env = runtimeEnv.safeParse(JSON.parse(serialized));
    return env.success ? env.data.env_vars.VIRTUAL_CLUSTER_ID : null;
  } catch {
    return null;
  }
}
