import type { NodeQuery, NodeSort } from '../../contract/nodes.ts';
import type { NodeRegistry } from './node-registry.ts';
import { createSearchIndex, type SearchIndex } from './search-index.ts';
import { sortNodes, type OrderedNodes } from './node-order.ts';
import type { NodeRecord } from './node-record.ts';

/** What is searched. `map`: the map's number, which grows when what a node is changes. */
interface SearchScope {
  readonly registry: Pick<NodeRegistry, 'records' | 'changeCounters'>;
  readonly map: number;
}

/** What is asked for, without which page of it. */
type NodeFilter = Omit<NodeQuery, 'offset' | 'limit'>;

/** Finds nodes among 100,000 at each key typed: what was made for one question is kept for the next while it is true. */
export interface NodeSearch {
  /** All that match, in the order asked for. */
  find(searched: SearchScope, asked: NodeFilter): readonly NodeRecord[];
}

/** How many answers are kept: a page that scrolls asks the same question again and again. */
const MAX_CACHED_RESULTS = 8;

/** To sort more than these takes longer than to pick them from all, which are kept sorted. */
const MAX_DIRECT_SORT = 2_000;

interface Cached<T> {
  readonly source: SearchScope['registry']['records'];
  readonly stamp: string;
  readonly value: T;
}

export function createNodeSearch(): NodeSearch {
  const orders = new Map<NodeSort, Cached<OrderedNodes>>();
  /** By question, all of one moment. */
  let results: Cached<Map<string, readonly NodeRecord[]>> | null = null;
  let searchIndex: Cached<SearchIndex> | null = null;

  function inOrder(searched: SearchScope, sort: NodeSort): OrderedNodes {
    const stamp = stampOf(searched, sort);
    const kept = ifCurrent(orders.get(sort), searched, stamp);
    if (kept !== null) return kept;
    // All others keep the first order where they tell no difference.
    const base = sort === 'template' ? [...searched.registry.records.values()] : inOrder(searched, 'template').records;
    const value = sortNodes(sort, base);
    orders.set(sort, { source: searched.registry.records, stamp, value });
    return value;
  }

  function matchingText(searched: SearchScope, q: string, bestFirst: boolean): readonly NodeRecord[] {
    const stamp = stampOf(searched, 'cluster');
    const kept = ifCurrent(searchIndex, searched, stamp);
    const value = kept ?? createSearchIndex(inOrder(searched, 'template').records);
    searchIndex = { source: searched.registry.records, stamp, value };
    return value.find(q, bestFirst);
  }

  function evaluate(searched: SearchScope, asked: NodeFilter): readonly NodeRecord[] {
    const { q, order, sort } = asked;
    const isWanted = (record: NodeRecord) => matchesFilter(record, asked);
    if (q === undefined) return inDirection(inOrder(searched, sort ?? 'template'), order).filter(isWanted);
    const found = matchingText(searched, q, sort === undefined).filter(isWanted);
    if (sort === undefined) return found;
    if (found.length <= MAX_DIRECT_SORT) return inDirection(sortNodes(sort, found), order);
    const all = new Set(found);
    return inDirection(inOrder(searched, sort), order).filter((record) => all.has(record));
  }

  return {
    find(searched, asked) {
      const { q, template, state, cluster, free, sort, order } = asked;
      const question = JSON.stringify([q, template ?? null, state, cluster ?? null, free, sort, order]);
      const { identities, holders, all } = searched.registry.changeCounters();
      const stamp = [identities, holders, all, searched.map].join();
      const kept = ifCurrent(results, searched, stamp) ?? new Map<string, readonly NodeRecord[]>();
      results = { source: searched.registry.records, stamp, value: kept };
      const value = kept.get(question) ?? evaluate(searched, asked);
      for (const oldest of kept.size < MAX_CACHED_RESULTS ? [] : [...kept.keys()].slice(0, 1)) kept.delete(oldest);
      kept.set(question, value);
      return value;
    },
  };
}

function ifCurrent<T>(kept: Cached<T> | null | undefined, { registry }: SearchScope, stamp: string): T | null {
  return kept?.source === registry.records && kept.stamp === stamp ? kept.value : null;
}

/** A text that is another one whenever the order may be. */
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
  if (state === 'idle' || state === 'busy')
    return node.busy.known && node.busy.value === (state === 'busy') && node.state !== 'dead';
  if (state === 'arriving') return cell === 'n';
  return node.state === state;
}
