import * as z from 'zod/mini';
import { parseJson } from '../../ray/exact-json.ts';

const nodeInstances = z.record(z.string(), z.object({ templateId: z.string() }));

const list = z.object({
  data: z.object({
    virtualClusters: z.array(z.object({ virtualClusterId: z.string(), revision: z.string(), nodeInstances })),
  }),
});

const stateRows = z.object({
  data: z.object({
    result: z.object({
      result: z.array(
        z.object({
          virtual_cluster_id: z.string(),
          replica_sets: z.record(z.string(), z.number()),
          divided_clusters: z.record(z.string(), z.string()),
        }),
      ),
    }),
  }),
});

const nodeRows = z.object({
  data: z.object({ result: z.object({ result: z.array(z.object({ node_id: z.string(), state: z.string() })) }) }),
});

const actorRows = z.object({
  data: z.object({
    result: z.object({
      result: z.array(
        z.object({ actor_id: z.string(), name: z.string(), state: z.string(), node_id: z.nullable(z.string()) }),
      ),
    }),
  }),
});

const jobRows = z.array(z.object({ submission_id: z.nullable(z.string()), status: z.string() }));

/** What the cases themselves need of Ray's replies to go on; the comparison reads all of them. */
export const readList = (text: string) => list.parse(parseJson(text)).data.virtualClusters;
export const readStateRows = (text: string) => stateRows.parse(parseJson(text)).data.result.result;
export const readNodeRows = (text: string) => nodeRows.parse(parseJson(text)).data.result.result;
export const readActorRows = (text: string) => actorRows.parse(parseJson(text)).data.result.result;
export const readJobRows = (text: string) => jobRows.parse(parseJson(text));
