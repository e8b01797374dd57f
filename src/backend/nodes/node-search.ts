import type { NodeQuery, NodeSort } from '../../contract/nodes.ts';
import type { NodeRegistry } from './node-registry.ts';
import { evictOldest } from '../concurrency/evict-oldest.ts';
import { createSearchIndex, type SearchIndex } from './search-index.ts';
import { sortNodes, type OrderedNodes } from './node-order.ts';
import type { NodeRecord } from './node-record.ts';

/** What is scope. `map`: the map's number, which grows when the cell of a node changes. */
interface SearchScope {
  readonly registry: Pick<NodeRegistry, 'records' | 'changeCounters'>;
  readonly map: number;
}

/** A query without its page. */
type NodeFilter = Omit<NodeQuery, 'offset' | 'limit'>;

/** Searches 100,000 nodes on each keystroke: orders, index and results are cached while they are valid. */
export interface NodeSearch {
  /** All that match, in the order of the query. */
  find(scope: SearchScope, filter: NodeFilter): readonly NodeRecord[];
}

/** How many results are cached: a page that scrolls sends the same query again and again. */
const MAX_CACHED_RESULTS = 8;

/** Above this, filtering all nodes, whose order is cached, is faster than sorting the matches. */
const MAX_DIRECT_SORT = 2_000;

interface Cached<T> {
  readonly source: SearchScope['registry']['records'];
  readonly stamp: string;
  readonly value: T;
}

export function createNodeSearch(): NodeSearch {
  const orders = new Map<NodeSort, Cached<OrderedNodes>>();
  /** By query, all of the same snapshot. */
  let results: Cached<Map<string, readonly NodeRecord[]>> | null = null;
  let searchIndex: Cached<SearchIndex> | null = null;

  function inOrder(scope: SearchScope, sort: NodeSort): OrderedNodes {
    const stamp = stampOf(scope, sort);
    const kept = ifCurrent(orders.get(sort), scope, stamp);
    if (kept !== null) return kept;
    // Ties in every other order stay in the order by template.
    const base = sort === 'template' ? [...scope.registry.records.values()] : inOrder(scope, 'template').records;
    const value = sortNodes(sort, base);
    orders.set(sort, { source: scope.registry.records, stamp, value });
    return value;
  }

  function matchingText(scope: SearchScope, q: string, bestFirst: boolean): readonly NodeRecord[] {
    const stamp = stampOf(scope, 'cluster');
    const kept = ifCurrent(searchIndex, scope, stamp);
    const value = kept ?? createSearchIndex(inOrder(scope, 'template').records);
    searchIndex = { source: scope.registry.records, stamp, value };
    return value.find(q, bestFirst);
  }

  function evaluate(scope: SearchScope, filter: NodeFilter): readonly NodeRecord[] {
    const { q, order, sort } = filter;
    const matches = (record: NodeRecord) => matchesFilter(record, filter);
    if (q === undefined) return inDirection(inOrder(scope, sort ?? 'template'), order).filter(matches);
    const found = matchingText(scope, q, sort === undefined).filter(matches);
    if (sort === undefined) return found;
    if (found.length <= MAX_DIRECT_SORT) return inDirection(sortNodes(sort, found), order);
    const all = new Set(found);
    return inDirection(inOrder(scope, sort), order).filter((record) => all.has(record));
  }

  return {
    find(scope, filter) {
      const { q, template, state, cluster, free, sort, order } = filter;
      const key = JSON.stringify([q, template ?? null, state, cluster ?? null, free, sort, order]);
      const { identities, holders, all } = scope.registry.changeCounters();
      const stamp = [identities, holders, all, scope.map].join();
      const cached = ifCurrent(results, scope, stamp) ?? new Map<string, readonly NodeRecord[]>();
      results = { source: scope.registry.records, stamp, value: cached };
      const value = cached.get(key) ?? evaluate(scope, filter);
      cached.set(key, value);
      evictOldest(cached, MAX_CACHED_RESULTS);
      return value;
    },
  };
}

function ifCurrent<T>(kept: Cached<T> | null | undefined, { registry }: SearchScope, stamp: string): T | null {
  return kept?.source === registry.records && kept.stamp === stamp ? kept.value : null;
}

/** A text that changes whenever the order may change. */
function stampOf({ registry, map }: SearchScope, sort: NodeSort): string {
  const { identities, holders, all } = registry.changeCounters();
  switch (sort) {
    case 'template':
    case 'id':
    case 'host':
      return String(identities);
    case 'cluster':
      return [identities, holders].join();
    case 'state':
      return [identities, map].join();
    case 'cpu':
    case 'gpu':
    case 'memory':
    case 'objectStore':
      return [identities, all].join();
  }
}

function inDirection({ records, knownCount }: OrderedNodes, order: 'asc' | 'desc' = 'asc'): readonly NodeRecord[] {
  return order === 'asc' ? records : [...records.slice(0, knownCount).toReversed(), ...records.slice(knownCount)];
}

function matchesFilter({ node, cell }: NodeRecord, { template, state, cluster, free }: NodeFilter): boolean {
  if (template !== undefined && (node.templateId ?? '') !== template) return false;
  if (cluster !== undefined && node.clusterId !== cluster) return false;
  if (free === true && (node.clusterId !== null || node.jobClusterId !== null)) return false;
  if (state === undefined) return true;
  if (state === 'used' || state === 'reserved' || state === 'idle')
    return node.use.known && node.use.value === state && node.state !== 'dead';
  if (state === 'arriving') return cell === 'n';
  return node.state === state;
}
