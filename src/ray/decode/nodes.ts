import * as z from 'zod/mini';
import type { LiveNode, SummaryNode, Usage } from '../../domain/sources.ts';
import { sameUsage } from '../../domain/usage-amounts.ts';
import { createUsagePool, readLogicalResources } from './amounts.ts';
import { boundedSink, MAX_NODES_KEPT } from '../stream/bounded-sink.ts';
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
 * nothing else to tell: all are one object.
 */
export function livenessReader(): ReplyReader<ReadonlyMap<string, LiveNode>> {
  const nodes = new Map<string, LiveNode>();
  const { sink, read } = rowsReader(liveRow, (row) => {
    const node = liveNode(row);
    nodes.set(sharedText(row.node_id), isJustAlive(node) ? ALIVE : node);
    return null;
  });
  return {
    sink,
    read(reply) {
      const rows = read(reply);
      return rows.ok ? { ok: true, value: nodes } : rows;
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
 * the liveness source has them. Ray keeps the resource lines of a dead node for some seconds: they are ignored. A node that is as in
 * `before`, the reading before, stays the same object.
 */
export function summaryReader(
  before: ReadonlyMap<string, SummaryNode> | null = null,
): ReplyReader<ReadonlyMap<string, SummaryNode>> {
  const pool = createUsagePool();
  const nodes = new Map<string, SummaryNode>();
  let came = 0;
  const usages = new Map<string, Usage | null>();
  let isAnyMalformed = false;

  /** The usage is that of before until its own has come. */
  function take({ nodeId, state: nodeState, nodeTypeName, isHeadNode: isHead, nodeManagerHostname }: Raylet) {
    if (nodeState === 'DEAD' && !nodeTypeName) return;
    const reported = nodeState === 'ALIVE' ? 'alive' : 'dead';
    const hostname = nodeManagerHostname ?? '';
    const templateId = nodeTypeName ?? '';
    const known = before?.get(nodeId);
    const isKnown =
      known !== undefined &&
      known.state === reported &&
      known.hostname === hostname &&
      known.templateId === templateId &&
      known.isHead === isHead;
    nodes.set(
      sharedText(nodeId),
      isKnown ? known : { state: reported, hostname: sharedText(hostname), templateId, isHead, usage: null },
    );
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
            const usage = typeof lines === 'string' ? readLogicalResources(lines) : null;
            const known = before?.get(nodeId)?.usage ?? null;
            const isKnown = usage !== null && known !== null && sameUsage(known, usage);
            usages.set(sharedText(nodeId), isKnown ? known : usage === null ? null : pool.share(usage));
          },
        },
      ],
      () => Math.max(came, usages.size),
      MAX_NODES_KEPT,
    ),
    read(reply) {
      const summary = parseReply(summaryReply, reply);
      if (!summary.ok) return summary;
      if (isAnyMalformed || came !== summary.value.data.summary.length) return failed('unreadable', 'malformed raylet');
      for (const [nodeId, node] of nodes) {
        const usage = node.state === 'alive' ? usages.get(nodeId) : undefined;
        if (usage === null || node.templateId === '')
          return failed('unreadable', `malformed node ${nodeId.slice(0, 80)}`);
        if (node.usage !== (usage ?? null)) nodes.set(nodeId, { ...node, usage: usage ?? null });
      }
      return { ok: true, value: nodes };
    },
  };
}
