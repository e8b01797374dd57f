import {
  MAX_NODE_PAGE,
  nodeSorts,
  nodeStates,
  parseNodeState,
  type NodePage,
  type NodeQuery,
  type NodeRow,
} from '../../contract/nodes.ts';
import type { NodeRecord } from '../nodes/node-record.ts';
import { parseChoice, parseWholeNumber } from './query-parameters.ts';

const DEFAULT_PAGE = 100;

const orders = ['asc', 'desc'] as const;

/** The query in a query string, or why it is invalid, in words. */
export function parseNodeQuery(params: URLSearchParams): NodeQuery | string {
  const stateName = params.get('state');
  const state = stateName === null ? undefined : (parseNodeState(stateName) ?? null);
  const sort = parseChoice(params.get('sort'), nodeSorts);
  const order = parseChoice(params.get('order'), orders);
  const free = parseChoice(params.get('free'), ['true', 'false']);
  if (state === null) return `state must be one of ${nodeStates.join(', ')}.`;
  if (sort === null) return `sort must be one of ${nodeSorts.join(', ')}.`;
  if (order === null) return 'order must be asc or desc.';
  if (free === null) return 'free must be true or false.';
  const offset = parseWholeNumber(params.get('offset'), 0);
  const limit = parseWholeNumber(params.get('limit'), DEFAULT_PAGE);
  if (offset === null) return 'offset must be a whole number from 0.';
  if (limit === null || limit === 0 || limit > MAX_NODE_PAGE)
    return `limit must be a whole number from 1 to ${String(MAX_NODE_PAGE)}.`;
  const q = params.get('q')?.trim();
  const template = params.get('template');
  const cluster = params.get('cluster');
  return {
    offset,
    limit,
    ...(q === undefined || q === '' ? {} : { q }),
    ...(template === null ? {} : { template }),
    ...(cluster === null ? {} : { cluster }),
    ...(state === undefined ? {} : { state }),
    ...(sort === undefined ? {} : { sort }),
    ...(order === undefined ? {} : { order }),
    ...(free === undefined ? {} : { free: free === 'true' }),
  };
}

/** One page of the nodes found. Pages of the same version are consistent with each other. */
export function nodePage(
  found: readonly NodeRecord[],
  { offset = 0, limit = DEFAULT_PAGE }: NodeQuery,
  now: Pick<NodePage, 'version' | 'lastKnownAt'>,
): NodePage {
  return { ...now, total: found.length, offset, nodes: found.slice(offset, offset + limit).map(nodeRow) };
}

export function nodeRow({ node, cell, place }: NodeRecord): NodeRow {
  return { ...node, cell, place };
}
