import * as z from 'zod/mini';

const summary = z.object({
  data: z.object({ summary: z.array(z.object({ raylet: z.object({ nodeId: z.optional(z.string()) }) })) }),
});

/** Node ids in a reply of `/nodes?view=summary`. */
export function nodeIdsInSummary(text: string): readonly string[] {
  return summary.parse(JSON.parse(text)).data.summary.flatMap((row) => row.raylet.nodeId ?? []);
}

const kept = new Set(['nodeId', 'state', 'nodeTypeName', 'isHeadNode', 'nodeManagerHostname', 'resourcesTotal']);

const loose = z.looseObject({
  data: z.looseObject({ summary: z.array(z.looseObject({ raylet: z.record(z.string(), z.unknown()) })) }),
});

/** The summary without what only a machine has: disks, network, processes, sockets. */
export function comparableSummary(reply: unknown): unknown {
  const { data, ...rest } = loose.parse(reply);
  const rows = data.summary.map(({ raylet }) => ({
    raylet: Object.fromEntries(Object.entries(raylet).filter(([key]) => kept.has(key))),
  }));
  return { ...rest, data: { ...data, summary: rows } };
}
