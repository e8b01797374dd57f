import { createBackend } from '../../backend/backend.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createAuthenticator } from '../../backend/auth/sign-in-authenticator.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { fleetUpdate } from '../../contract/fleet.ts';
import { createRay } from '../../ray/client/client.ts';
import { overFetch } from '../../ray/client/transport.ts';
import { createHandClock } from './hand-clock.ts';
import { plainSecrets } from './plain-secrets.ts';
import { uuid } from './test-console.ts';

/** A row of one of Ray's replies. */
export type Row = Record<string, unknown>;

/** What Ray's users can choose of a Ray that two teams share; a test changes it, and Ray replies with it. */
export interface SharedRay {
  actors: Row[];
  jobs: Row[];
  /** By id: whether it is divisible, and its nodes. */
  clusters: Record<string, { divisible?: boolean; nodes: string[] }>;
  /** Node ids by job cluster id; `null`: the state API fails. */
  jobClusters: Record<string, string[]> | null;
  /** Actors that Ray did not come to. */
  actorsLeftOut: number;
  template: string;
  /** The writes that reached Ray, such as `POST /api/jobs/victim/stop`. */
  readonly writes: string[];
}

/** The supervisor of a job, or what a user makes to look like one. */
export function supervisorRow(submissionId: string, nodeId: string, clusterId: unknown, more: Row = {}): Row {
  return {
    name: `_ray_internal_job_actor_${submissionId}`,
    class_name: 'JobSupervisor',
    ray_namespace: 'SUPERVISOR_ACTOR_RAY_NAMESPACE',
    state: 'ALIVE',
    node_id: nodeId,
    serialized_runtime_env: JSON.stringify({ env_vars: { VIRTUAL_CLUSTER_ID: clusterId } }),
    ...more,
  };
}

export function jobRow(submissionId: string, nodeId: string | null, more: Row = {}): Row {
  return { type: 'SUBMISSION', submission_id: submissionId, status: 'RUNNING', driver_node_id: nodeId, ...more };
}

const NODES = ['a1', 'a2', 'b1', 'b2', 'd1', 'd2', 'f1'];

/**
 * A console over a Ray on which team A runs the job `victim` and team B the job `mine`; team D is divisible. Whoever asks is
 * an operator of the virtual clusters of `patterns`.
 */
export async function createSharedRay() {
  const clock = createHandClock();
  const ray: SharedRay = {
    actors: [supervisorRow('victim', 'a1', 'team-a'), supervisorRow('mine', 'b1', 'team-b')],
    jobs: [jobRow('victim', 'a1', { job_id: '02000000' }), jobRow('mine', 'b1', { job_id: '03000000' })],
    clusters: {
      'team-a': { nodes: ['a1', 'a2'] },
      'team-b': { nodes: ['b1', 'b2'] },
      'team-d': { nodes: ['d1', 'd2'], divisible: true },
    },
    jobClusters: {},
    actorsLeftOut: 0,
    template: '4c8g',
    writes: [],
  };
  const secrets = plainSecrets();
  let unique = 0;
  const client = createRay({
    transport: overFetch((request) => Promise.resolve(replyOf(ray, request))),
    address: 'http://ray',
    clock,
    uniqueToken: () => String((unique += 1)),
  });
  let patterns: readonly string[] | null = null;
  const backend = createBackend({
    ray: client,
    rayAddress: 'http://ray',
    simulator: null,
    store: createInMemoryChangeLog({ clock, days: 400, most: 100 }),
    access: createAuthenticator({
      readOnly: false,
      signIn: { kind: 'none' },
      isTrustedProxy: () => false,
      findToken: () => ({ name: 'operator', grant: { role: 'operator', clusters: patterns } }),
      secrets,
      clock,
      basePath: '/',
    }),
    clock,
    ids: () => `id-${String((unique += 1))}`,
    files: null,
    consoleVersion: '0',
  });
  const headers = { Authorization: 'Bearer x', 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' };
  const ask = (method: string, path: string, body?: unknown) =>
    backend.fetch(
      new Request(`http://127.0.0.1:8600${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      { address: '127.0.0.1', secure: false, port: 8600 },
    );
  async function during<T>(reply: Promise<T>): Promise<T> {
    await clock.advance(5_000);
    return reply;
  }
  return {
    ray,
    /** Reads Ray again, as an operator of virtual clusters with such names; null: of all. */
    async readAs(names: readonly string[] | null) {
      patterns = names;
      await during(Promise.resolve(ask('GET', paths.fleet)));
      await clock.advance(12_000);
    },
    change: (request: ChangeRequest) => during(Promise.resolve(ask('PUT', paths.change(uuid((unique += 1))), request))),
    remove: (clusterId: string) =>
      during(Promise.resolve(ask('DELETE', `/virtual_clusters/${encodeURIComponent(clusterId)}`))),
    /** The whole fleet as the page gets it, and the length of its text. */
    async fleet() {
      const text = await (await during(Promise.resolve(ask('GET', paths.fleet)))).text();
      return { fleet: fleetUpdate.parse(JSON.parse(text)), length: text.length };
    },
    node: async (id: string) => (await during(Promise.resolve(ask('GET', `/api/nodes/${id}`)))).text(),
    close: () => backend.close(),
  };
}

const good = (data: unknown) => Response.json({ result: true, msg: '', data });

const page = (result: readonly unknown[], leftOut = 0) => {
  const came = result.length;
  return good({ result: { total: came + leftOut, num_after_truncation: came, num_filtered: came, result } });
};

function replyOf(ray: SharedRay, request: Request): Response {
  const { pathname } = new URL(request.url);
  if (request.method !== 'GET') {
    const path = decodeURIComponent(pathname);
    ray.writes.push(`${request.method} ${path}`);
    return path.endsWith('/stop')
      ? Response.json({ stopped: true })
      : good({ virtualClusterId: path.replace('/virtual_clusters/', '') });
  }
  const member = { hostname: 'host', templateId: ray.template };
  switch (pathname) {
    case '/virtual_clusters':
      return good({
        virtualClusters: Object.entries(ray.clusters).map(([virtualClusterId, { divisible = false, nodes }]) => ({
          virtualClusterId,
          divisible: String(divisible),
          isRemoved: false,
          nodeInstances: Object.fromEntries(nodes.map((id) => [id, member])),
          revision: 1,
        })),
      });
    case '/api/v0/vclusters':
      return ray.jobClusters === null
        ? Response.json({ result: false, msg: 'down', data: {} }, { status: 500 })
        : page(stateRows(ray, ray.jobClusters));
    case '/api/v0/nodes':
      return page(NODES.map((node_id) => ({ node_id, state: 'ALIVE', is_head_node: false })));
    case '/nodes':
      return good({
        summary: NODES.map((nodeId) => ({
          raylet: {
            nodeId,
            state: 'ALIVE',
            nodeTypeName: ray.template,
            isHeadNode: false,
            nodeManagerHostname: 'host',
          },
        })),
        nodeLogicalResources: Object.fromEntries(NODES.map((id) => [id, '0.0/4.0 CPU'])),
      });
    case '/api/v0/actors':
      return page(ray.actors, ray.actorsLeftOut);
    case '/api/jobs/':
      return Response.json(ray.jobs);
    default:
      return Response.json({ ray_version: '2.44.1.1', session_name: 'session' });
  }
}

function stateRows(ray: SharedRay, jobClusters: Readonly<Record<string, readonly string[]>>): Row[] {
  const node = {
    hostname: 'host',
    template_id: ray.template,
    is_dead: false,
    resources_total: { CPU: 4 },
    resources_available: { CPU: 0 },
  };
  const row = (id: string, divisible: boolean, nodes: readonly string[], children: readonly string[]): Row => {
    const instances = Object.fromEntries(nodes.map((each) => [each, node]));
    return {
      virtual_cluster_id: id,
      divisible,
      divided_clusters: Object.fromEntries(children.map((child) => [child, 'indivisible'])),
      visible_node_instances: instances,
      undivided_nodes: instances,
      undivided_replica_sets: {},
    };
  };
  const all = Object.keys(jobClusters);
  return [
    row('kPrimaryClusterID', true, ['f1'], Object.keys(ray.clusters)),
    ...Object.entries(ray.clusters).map(([id, { divisible = false, nodes }]) =>
      row(
        id,
        divisible,
        nodes,
        all.filter((child) => child.startsWith(`${id}##`)),
      ),
    ),
    ...Object.entries(jobClusters).map(([id, nodes]) => row(id, false, nodes, [])),
  ];
}
