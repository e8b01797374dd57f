import * as z from 'zod/mini';
import type { LiveNode, SummaryNode, Usage } from '../domain/sources.ts';
import { readLogicalResources } from './amounts.ts';
import { dictionary, failed, readBy, readPage, type Parsed, type Reply } from './reply.ts';

const state = z.enum(['ALIVE', 'DEAD']);

const liveRow = z.object({
  node_id: z.string(),
  state,
  is_head_node: z.boolean(),
  end_time_ms: z.nullish(z.number()),
  state_message: z.nullish(z.string()),
});

/** `/api/v0/nodes`: every node with its explicit state (facts 19, 20); `truncated` past 10,000 (fact 17). */
export function readLiveness(reply: Reply): Parsed<readonly LiveNode[]> {
  const rows = readPage(liveRow, reply);
  if (!rows.ok) return rows;
  return {
    ok: true,
    value: rows.value.map((row) => ({
      nodeId: row.node_id,
      state: row.state === 'ALIVE' ? 'alive' : 'dead',
      isHead: row.is_head_node,
      // Ray writes 0 for a node that lives.
      diedAt: row.end_time_ms ? row.end_time_ms : null,
      message: row.state_message ?? null,
    })),
  };
}

const summaryReply = z.object({
  data: z.object({
    summary: z.array(
      z.object({
        raylet: z.object({
          nodeId: z.string(),
          state,
          nodeTypeName: z.nullish(z.string()),
          isHeadNode: z.boolean(),
          nodeManagerHostname: z.nullish(z.string()),
        }),
      }),
    ),
    nodeLogicalResources: dictionary,
  }),
});

/**
 * `/nodes?view=summary`: templates, and usage of the alive (fact 19). Dead nodes come without template and host name
 * and are left out, so that no empty template is ever learned: the liveness source tells of them. Ray keeps a dead
 * node's resource lines for some seconds: they are not read.
 */
export function readSummary(reply: Reply): Parsed<readonly SummaryNode[]> {
  const summary = readBy(summaryReply, reply);
  if (!summary.ok) return summary;
  const lines = summary.value.data.nodeLogicalResources;
  const nodes: SummaryNode[] = [];
  for (const { raylet } of summary.value.data.summary) {
    if (raylet.state === 'DEAD' && !raylet.nodeTypeName) continue;
    const usage = raylet.state === 'ALIVE' ? readUsage(lines, raylet.nodeId) : null;
    if (usage === 'malformed' || !raylet.nodeTypeName) {
      return failed('unreadable', `malformed node ${raylet.nodeId.slice(0, 80)}`);
    }
    nodes.push({
      nodeId: raylet.nodeId,
      state: raylet.state === 'ALIVE' ? 'alive' : 'dead',
      hostname: raylet.nodeManagerHostname ?? '',
      templateId: raylet.nodeTypeName,
      isHead: raylet.isHeadNode,
      usage,
    });
  }
  return { ok: true, value: nodes };
}

function readUsage(lines: Readonly<Record<string, unknown>>, nodeId: string): Usage | 'malformed' | null {
  if (!Object.hasOwn(lines, nodeId)) return null;
  const text = lines[nodeId];
  return (typeof text === 'string' ? readLogicalResources(text) : null) ?? 'malformed';
}
