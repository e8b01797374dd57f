import * as z from 'zod/mini';
import { deepEqual } from '../../domain/deep-equal.ts';
import type { LiveNode, SummaryNodes } from '../../domain/sources.ts';
import { readLogicalResources } from './amounts.ts';
import { boundedSink, MAX_NODES_KEPT } from '../stream/bounded-sink.ts';
import { createRepeatedMap } from './repeated-map.ts';
import { createSummaryNodes } from './summary-nodes.ts';
import { sharedText } from '../stream/shared-text.ts';
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

/**
 * `/api/v0/nodes`: every node with its explicit state (facts 19, 20); `truncated` past 10,000 (fact 17). Of nodes that are alive there is
 * nothing else to tell: all are one object. `before`: the last good reading.
 */
export function livenessReader(
  before: ReadonlyMap<string, LiveNode> | null = null,
): ReplyReader<ReadonlyMap<string, LiveNode>> {
  const nodes = createRepeatedMap(before ?? new Map<string, LiveNode>(), deepEqual);
  const { sink, read } = rowsReader(liveRow, (row) => {
    const node = liveNode(row);
    nodes.set(row.node_id, isJustAlive(node) ? ALIVE : node);
    return null;
  });
  return {
    sink,
    read(reply) {
      const rows = read(reply);
      return rows.ok ? { ok: true, value: nodes.build() } : rows;
    },
  };
}

const ALIVE: LiveNode = { state: 'alive', isHead: false, diedAt: null, message: null };

function isJustAlive({ state: nodeState, isHead, diedAt, message }: LiveNode): boolean {
  return nodeState === 'alive' && !isHead && diedAt === null && message === null;
}

function liveNode(row: z.infer<typeof liveRow>): LiveNode {
  return {
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

type Raylet = z.infer<typeof raylet>;

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
export function summaryReader(): ReplyReader<SummaryNodes> {
  const nodes = createSummaryNodes();
  let came = 0;
  let isAnyMalformed = false;

  function take({ nodeId, state: nodeState, nodeTypeName, isHeadNode: isHead, nodeManagerHostname }: Raylet) {
    if (nodeState === 'DEAD' && !nodeTypeName) return;
    nodes.addNode(sharedText(nodeId), {
      state: nodeState === 'ALIVE' ? 'alive' : 'dead',
      hostname: sharedText(nodeManagerHostname ?? ''),
      templateId: sharedText(nodeTypeName ?? ''),
      isHead,
    });
  }

  return {
    sink: boundedSink(
      [
        {
          path: ['data', 'summary', '*', 'raylet'],
          onValue(_key, text) {
            const checked = raylet.safeParse(tryParseJson(text));
            came += 1;
            if (checked.success) take(checked.data);
            else isAnyMalformed = true;
          },
        },
        // The other 6 kB.
        { path: ['data', 'summary', '*', '*'], onValue: () => undefined, keysOnly: true },
        {
          path: ['data', 'nodeLogicalResources', '*'],
          onValue(nodeId, text) {
            const lines = tryParseJson(text);
            nodes.addUsage(sharedText(nodeId), typeof lines === 'string' ? readLogicalResources(lines) : null);
          },
        },
      ],
      () => Math.max(came, nodes.usageCount()),
      MAX_NODES_KEPT,
    ),
    read(reply) {
      const summary = parseReply(summaryReply, reply);
      if (!summary.ok) return summary;
      if (isAnyMalformed || came !== summary.value.data.summary.length) return failed('unreadable', 'malformed raylet');
      const malformed = nodes.malformed();
      if (malformed !== null) return failed('unreadable', `malformed node ${malformed.slice(0, 80)}`);
      return { ok: true, value: nodes.build() };
    },
  };
}
