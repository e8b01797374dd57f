import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { replicaSets } from '../../../contract/values.ts';
import type { ReplicaSets } from '../../../domain/replica-sets.ts';
import type { Api } from '../../api/client.ts';
import { ApiError } from '../../api/api-error.ts';
import { queryKeys } from '../../api/query-keys.ts';

const fault = z.object({
  method: z.string(),
  path: z.string(),
  times: z.nullable(z.number()),
  kind: z.string(),
  ms: z.number(),
});
type Fault = z.infer<typeof fault>;

const summary = z.object({
  seed: z.number(),
  /** Null for a custom fleet. */
  scenario: z.nullable(z.string()),
  clusters: z.array(z.object({ id: z.string(), divisible: z.boolean(), replicaSets })),
  /** `virtualClusterId` is `team##raysubmit_X` for a job with a cluster of its own. */
  jobs: z.array(z.object({ submissionId: z.string(), virtualClusterId: z.string(), status: z.string() })),
  /** The first 200. `clusterId` is the job cluster's where the node is in one. */
  nodes: z.array(
    z.object({ id: z.string(), templateId: z.string(), clusterId: z.nullable(z.string()), alive: z.boolean() }),
  ),
  /** How many nodes of each template are alive. */
  templates: replicaSets,
  away: z.boolean(),
  faults: z.array(fault),
});

/** The simulated Ray as its controls see it, without the console's caches and delays. */
export type SimulatorSummary = z.infer<typeof summary>;
export type SimulatedCluster = SimulatorSummary['clusters'][number];

const pastDay = z.object({ from: z.number() });
const submitted = z.object({ submissionId: z.string() });

/** Controls the simulated Ray. Calls reject with an `ApiError`, or with a `ZodError` for a malformed reply. */
export function createSimulatorClient(api: Api) {
  return {
    summary: async (): Promise<SimulatorSummary> => summary.parse(await api.simulator('GET', '/simulator')),
    /** A save by another administrator on the newest revision; resolves with whether Ray accepted it. */
    async save(clusterId: string, sets: ReplicaSets): Promise<boolean> {
      try {
        await api.simulator('POST', `/simulator/clusters/${encodeURIComponent(clusterId)}`, { replicaSets: sets });
        return true;
      } catch (error) {
        // A refusal by Ray has Ray's format, so the console reports it as an unexpected status.
        if (error instanceof ApiError && error.code === 'status-500') return false;
        throw error;
      }
    },
    /** The new job's submission id; the job may have failed at once. */
    async startJob(virtualClusterId: string, sets: ReplicaSets | null): Promise<string> {
      const body = sets === null ? { virtualClusterId } : { virtualClusterId, replicaSets: sets };
      return submitted.parse(await api.simulator('POST', '/simulator/jobs', body)).submissionId;
    },
    finishJob: (submissionId: string) =>
      api.simulator('POST', `/simulator/jobs/${encodeURIComponent(submissionId)}/finish`),
    addNodes: (templateId: string, count: number) => api.simulator('POST', '/simulator/nodes', { templateId, count }),
    killNode: (nodeId: string) => api.simulator('DELETE', `/simulator/nodes/${encodeURIComponent(nodeId)}`),
    fill: () => api.simulator('POST', '/simulator/fill'),
    setAway: (away: boolean) => api.simulator('POST', '/simulator/away', { away }),
    setFaults: (faults: readonly Fault[]) => api.simulator('PUT', '/simulator/faults', faults),
    restart: () => api.simulator('POST', '/simulator/restart'),
    advanceClock: (advanceMs: number) => api.simulator('POST', '/simulator/clock', { advanceMs }),
    /** Adds a day before the oldest one of usage; resolves with its midnight, UTC. */
    addPastDay: async () => pastDay.parse(await api.simulator('POST', '/simulator/day')).from,
    reset: (scenario: string, seed: number) => api.simulator('POST', '/simulator/reset', { scenario, seed }),
  };
}
export type SimulatorClient = ReturnType<typeof createSimulatorClient>;

/** The summary, polled every 3 s while it is shown. */
export function summaryQuery(control: SimulatorClient) {
  return queryOptions({ queryKey: queryKeys.simulator, queryFn: control.summary, refetchInterval: 3_000, gcTime: 0 });
}
