import * as z from 'zod/mini';
import type { Supervisor } from '../../domain/sources.ts';
import { rowsReader } from './state-page.ts';
import { failed, type Parsed, type ReplyReader } from './reply.ts';

const SUPERVISOR_NAME = '_ray_internal_job_actor_';

const actorRow = z.object({
  name: z.nullish(z.string()),
  state: z.string(),
  node_id: z.nullish(z.string()),
  serialized_runtime_env: z.nullish(z.string()),
});

const runtimeEnv = z.object({ env_vars: z.object({ VIRTUAL_CLUSTER_ID: z.string() }) });

/**
 * The alive job supervisors among the actors (fact 24). Of their runtime environment only the cluster is kept: users
 * put secrets there.
 */
export function actorsReader(): ReplyReader<readonly Supervisor[]> {
  const rows = rowsReader(actorRow, true);
  return {
    sink: rows.sink,
    read(reply) {
      const actors = rows.read(reply);
      return actors.ok ? supervisorsAmong(actors.value) : actors;
    },
  };
}

function supervisorsAmong(actors: readonly z.infer<typeof actorRow>[]): Parsed<readonly Supervisor[]> {
  const supervisors: Supervisor[] = [];
  for (const row of actors) {
    if (row.state !== 'ALIVE' || !row.name?.startsWith(SUPERVISOR_NAME)) continue;
    const submissionId = row.name.slice(SUPERVISOR_NAME.length);
    if (!row.node_id) return failed('unreadable', `supervisor ${submissionId.slice(0, 80)} has no node`);
    supervisors.push({ submissionId, nodeId: row.node_id, clusterId: readClusterId(row.serialized_runtime_env ?? '') });
  }
  return { ok: true, value: supervisors };
}

function readClusterId(serialized: string): string | null {
  try {
    const env = runtimeEnv.safeParse(JSON.parse(serialized));
    return env.success ? env.data.env_vars.VIRTUAL_CLUSTER_ID : null;
  } catch {
    return null;
  }
}
