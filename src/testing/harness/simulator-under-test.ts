import * as z from 'zod/mini';
import type { Clock } from '../../clock.ts';
import { parseJson, stringifyJson } from '../../ray/exact-json.ts';
import { createSimulator } from '../../simulator/simulator.ts';

/** A clock that stays at 2026-11-24 09:00 UTC, so that only the simulator's own clock moves. Its timers never fire. */
const stillClock: Clock = { now: () => Date.UTC(2026, 10, 24, 9), after: () => () => undefined };

interface RequestParts {
  readonly json?: unknown;
  readonly text?: string;
  readonly userAgent?: string | null;
  readonly signal?: AbortSignal;
}

/** A reply that was read to its end; `json` holds revisions as strings. */
export interface ReadReply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly json: unknown;
}

const listBody = z.object({
  data: z.object({
    virtualClusters: z.array(
      z.object({
        virtualClusterId: z.string(),
        divisible: z.string(),
        revision: z.string(),
        nodeInstances: z.record(z.string(), z.object({ hostname: z.string(), templateId: z.string() })),
      }),
    ),
  }),
});

const stateBody = z.object({
  data: z.object({
    result: z.object({
      result: z.array(
        z.object({
          virtual_cluster_id: z.string(),
          replica_sets: z.record(z.string(), z.number()),
          undivided_replica_sets: z.record(z.string(), z.number()),
          divided_clusters: z.record(z.string(), z.string()),
          visible_node_instances: z.record(z.string(), z.object({ template_id: z.string() })),
          undivided_nodes: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  }),
});

const nodesBody = z.object({
  data: z.object({
    result: z.object({ result: z.array(z.object({ node_id: z.string(), state: z.enum(['ALIVE', 'DEAD']) })) }),
  }),
});

const jobsBody = z.array(z.object({ submission_id: z.string(), status: z.string(), message: z.string() }));

const submitted = z.object({ submissionId: z.string() });
const added = z.object({ nodeIds: z.array(z.string()) });

/** A simulator with shortcuts for the requests that tests repeat. */
export function simulatorUnderTest({
  seed = 1,
  scenario,
  clock = stillClock,
}: { seed?: number; scenario?: string; clock?: Clock } = {}) {
  const simulator = createSimulator({ seed, clock, ...(scenario === undefined ? {} : { scenario }) });
  let cacheBuster = 0;

  function request(
    method: string,
    path: string,
    { json, text, userAgent = 'test/1', signal }: RequestParts = {},
  ): Request {
    const body = text ?? (json === undefined ? null : stringifyJson(json));
    const headers = userAgent === null ? {} : { 'User-Agent': userAgent };
    return new Request(`http://simulator.local${path}`, {
      method,
      body,
      headers,
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async function ray(method: string, path: string, parts?: RequestParts): Promise<ReadReply> {
    return read(await simulator.ray(request(method, path, parts)));
  }

  async function control(method: string, path: string, parts?: RequestParts): Promise<ReadReply> {
    return read(await simulator.control(request(method, path, parts)));
  }

  /** A control request that must succeed. */
  async function does(method: string, path: string, json?: unknown): Promise<unknown> {
    const got = await control(method, path, { json });
    if (got.status !== 200) throw new Error(`${method} ${path}: ${String(got.status)} ${got.text}`);
    return got.json;
  }

  return {
    simulator,
    ray,
    control,
    does,
    request,
    advance: (advanceMs: number) => does('POST', '/simulator/clock', { advanceMs }),
    /** The list, bypassing Ray's cache. */
    async list() {
      cacheBuster += 1;
      return listBody.parse((await ray('GET', `/virtual_clusters?t=${String(cacheBuster)}`)).json).data.virtualClusters;
    },
    async state() {
      return stateBody.parse((await ray('GET', '/api/v0/vclusters?detail=true&limit=10000')).json).data.result.result;
    },
    async nodes() {
      return nodesBody.parse((await ray('GET', '/api/v0/nodes?detail=true&limit=10000')).json).data.result.result;
    },
    async jobs() {
      return jobsBody.parse((await ray('GET', '/api/jobs/')).json);
    },
    async startJob(virtualClusterId: string, replicaSets?: Readonly<Record<string, number>>, cpus?: number) {
      return submitted.parse(await does('POST', '/simulator/jobs', { virtualClusterId, replicaSets, cpus }))
        .submissionId;
    },
    async addNodes(templateId: string, count: number) {
      return added.parse(await does('POST', '/simulator/nodes', { templateId, count })).nodeIds;
    },
    save: (
      virtualClusterId: string,
      replicaSets: Readonly<Record<string, number>>,
      revision = '0',
      divisible = false,
    ) => ray('POST', '/virtual_clusters', { json: { virtualClusterId, divisible, replicaSets, revision } }),
  };
}

export type SimulatorUnderTest = ReturnType<typeof simulatorUnderTest>;

async function read(response: Response): Promise<ReadReply> {
  const text = await response.text();
  const contentType = response.headers.get('Content-Type') ?? '';
  return {
    status: response.status,
    contentType,
    text,
    json: contentType.startsWith('application/json') ? parseJson(text) : null,
  };
}
