import * as z from 'zod/mini';
import type { LiveNode, SummaryNode, Usage } from '../../domain/sources.ts';
import { readLogicalResources } from './amounts.ts';
import { boundedSink, MAX_NODES_KEPT } from '../stream/bounded-sink.ts';
import { cutText } from './cut-text.ts';
import { rowsReader } from './state-page.ts';
import { dictionary, failed, parseReply, type ReplyReader } from './reply.ts';
import { tryParseJson } from '../exact-json.ts';

const state = z.enum(['ALIVE', 'DEAD']);

/** A dead node's message, characters. */
const MAX_MESSAGE = 1_000;

const liveRow = z.object({
  node_id: z.string(),
  state,
  is_head_node: z.boolean(),
  end_time_ms: z.nullish(z.number()),
  state_message: z.nullish(z.string()),
});

/** `/api/v0/nodes`: every node with its explicit state (facts 19, 20); `truncated` past 10,000 (fact 17). */
export function livenessReader(): ReplyReader<readonly LiveNode[]> {
  return rowsReader(liveRow, (row) => ({ ok: true, value: liveNode(row) }));
}

function liveNode(row: z.infer<typeof liveRow>): LiveNode {
  return {
    nodeId: row.node_id,
    state: row.state === 'ALIVE' ? 'alive' : 'dead',
    isHead: row.is_head_node,
    // Ray writes 0 for a node that is alive.
    diedAt: row.end_time_ms ? row.end_time_ms : null,
    message: typeof row.state_message === 'string' ? cutText(row.state_message, MAX_MESSAGE) : null,
  };
}

const raylet = z.object({
  nodeId: z.string(),
  state,
  nodeTypeName: z.nullish(z.string()),
  isHeadNode: z.boolean(),
  nodeManagerHostname: z.nullish(z.string()),
});

const summaryReply = z.object({
  data: z.object({
    summary: z.array(z.object({})),
    nodeLogicalResources: dictionary,
  }),
});

/**
 * `/nodes?view=summary`: templates, and the usage of nodes that are alive (fact 19). Of the 7 kB a node only the raylet
 * is parsed. Dead nodes come without template and host name and are left out, so that no empty template is learned;
 * the liveness source has them. Ray keeps the resource lines of a dead node for some seconds: they are ignored.
 */
export function summaryReader(): ReplyReader<readonly SummaryNode[]> {
  const raylets: z.infer<typeof raylet>[] = [];
  const usages = new Map<string, Usage | null>();
  let isAnyMalformed = false;
  return {
    sink: boundedSink(
      [
        {
          path: ['data', 'summary', '*', 'raylet'],
          onValue(_key, text) {
            const checked = raylet.safeParse(tryParseJson(text));
            if (checked.success) raylets.push(checked.data);
            else isAnyMalformed = true;
          },
        },
        // The other 6 kB.
        { path: ['data', 'summary', '*', '*'], onValue: () => undefined, keysOnly: true },
        {
          path: ['data', 'nodeLogicalResources', '*'],
          onValue(nodeId, text) {
            const lines = tryParseJson(text);
            usages.set(nodeId, typeof lines === 'string' ? readLogicalResources(lines) : null);
          },
        },
      ],
      () => Math.max(raylets.length, usages.size),
      MAX_NODES_KEPT,
    ),
    read(reply) {
      const summary = parseReply(summaryReply, reply);
      if (!summary.ok) return summary;
      if (isAnyMalformed || raylets.length !== summary.value.data.summary.length)
        return failed('unreadable', 'malformed raylet');
      const nodes: SummaryNode[] = [];
      for (const { nodeId, state: nodeState, nodeTypeName, isHeadNode, nodeManagerHostname } of raylets) {
        if (nodeState === 'DEAD' && !nodeTypeName) continue;
        const usage = nodeState === 'ALIVE' ? usages.get(nodeId) : undefined;
        if (usage === null || !nodeTypeName) return failed('unreadable', `malformed node ${nodeId.slice(0, 80)}`);
        nodes.push({
          nodeId,
          state: nodeState === 'ALIVE' ? 'alive' : 'dead',
          hostname: nodeManagerHostname ?? '',
          templateId: nodeTypeName,
          isHead: isHeadNode,
          usage: usage ?? null,
        });
      }
      return { ok: true, value: nodes };
    },
  };
}
