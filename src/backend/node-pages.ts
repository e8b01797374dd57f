import { MAX_NODE_PAGE, type NodePage, type NodeQuery } from '../contract/nodes.ts';
import type { FleetNode } from '../domain/fleet.ts';
import { compareTemplates } from '../domain/replica-sets.ts';

const DEFAULT_PAGE = 100;

const states = ['alive', 'dead', 'unknown', 'idle', 'busy'] as const;

/** What a query string asks for, or what is wrong with it, in words. */
export function readNodeQuery(params: URLSearchParams): NodeQuery | string {
  const state = params.get('state');
  const known = states.find((each) => each === state);
  if (state !== null && known === undefined) return `state must be one of ${states.join(', ')}.`;
  const offset = wholeNumber(params.get('offset'), 0);
  const limit = wholeNumber(params.get('limit'), DEFAULT_PAGE);
  if (offset === null) return 'offset must be a whole number from 0.';
  if (limit === null || limit === 0 || limit > MAX_NODE_PAGE) return `limit must be a whole number from 1 to ${String(MAX_NODE_PAGE)}.`;
  const q = params.get('q')?.trim();
  const template = params.get('template');
  return {
    offset,
    limit,
    ...(q === undefined || q === '' ? {} : { q }),
    ...(template === null ? {} : { template }),
    ...(known === undefined ? {} : { state: known }),
  };
}

/** One page of the nodes that match, by template, then host, then id; so pages of one version fit together. */
export function nodePage(nodes: Iterable<FleetNode>, query: NodeQuery, version: string): NodePage {
  const matching = [...nodes].filter((node) => matches(node, query));
  const offset = query.offset ?? 0;
  const sorted = inOrder(matching);
  return { version, total: matching.length, offset, nodes: sorted.slice(offset, offset + (query.limit ?? DEFAULT_PAGE)).map((node) => ({ ...node, cell: 'u', place: null })) };
}

function matches(node: FleetNode, { q, template, state }: NodeQuery): boolean {
  if (template !== undefined && node.templateId !== template) return false;
  if (state !== undefined && !isIn(node, state)) return false;
  if (q === undefined) return true;
  const text = q.toLowerCase();
  return [node.id, node.hostname, node.templateId].some((each) => each?.toLowerCase().includes(text) === true);
}

function isIn(node: FleetNode, state: NonNullable<NodeQuery['state']>): boolean {
  if (state === 'idle' || state === 'busy') return node.busy.known && node.busy.value === (state === 'busy') && node.state !== 'dead';
  return node.state === state;
}

/** Templates are compared in the screen's order once each, not once a node: that order is dear. */
function inOrder(nodes: readonly FleetNode[]): FleetNode[] {
  const templates = [...new Set(nodes.map(({ templateId }) => templateId ?? ''))].sort(compareTemplates);
  const rank = new Map(templates.map((templateId, index) => [templateId, index]));
  const rankOf = ({ templateId }: FleetNode) => rank.get(templateId ?? '') ?? 0;
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return nodes.toSorted((a, b) => rankOf(a) - rankOf(b) || byText(a.hostname ?? '', b.hostname ?? '') || byText(a.id, b.id));
}

/** A whole number in a query string; null for anything else. */
export function wholeNumber(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
