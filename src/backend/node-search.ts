import type { NodeQuery, NodeSort } from '../contract/nodes.ts';
import type { Census } from './census.ts';
import { createHaystack, type Haystack } from './node-haystack.ts';
import { inOrderOf, type Ordered } from './node-order.ts';
import type { NodeRecord } from './node-record.ts';

/** What is searched. `map`: the map's number, which grows when what a node is changes. */
interface Searched {
  readonly census: Pick<Census, 'records' | 'counts'>;
  readonly map: number;
}

/** What is asked for, without which page of it. */
type Asked = Omit<NodeQuery, 'offset' | 'limit'>;

/** Finds nodes among 100,000 at each key typed: what was made for one question is kept for the next while it is true. */
export interface NodeSearch {
  /** All that match, in the order asked for. */
  find(searched: Searched, asked: Asked): readonly NodeRecord[];
}

/** How many answers are kept: a page that scrolls asks the same question again and again. */
const KEPT_ANSWERS = 8;

/** To sort more than these takes longer than to pick them from all, which are kept sorted. */
const SORTED_ALONE = 2_000;

interface Kept<T> {
  readonly of: Searched['census']['records'];
  readonly stamp: string;
  readonly value: T;
}

export function createNodeSearch(): NodeSearch {
  const orders = new Map<NodeSort, Kept<Ordered>>();
  /** By question, all of one moment. */
  let answers: Kept<Map<string, readonly NodeRecord[]>> | null = null;
  let haystack: Kept<Haystack> | null = null;

  function inOrder(searched: Searched, sort: NodeSort): Ordered {
    const stamp = stampOf(searched, sort);
    const kept = current(orders.get(sort), searched, stamp);
    if (kept !== null) return kept;
    // All others keep the first order where they tell no difference.
    const base = sort === 'template' ? [...searched.census.records.values()] : inOrder(searched, 'template').records;
    const value = inOrderOf(sort, base);
    orders.set(sort, { of: searched.census.records, stamp, value });
    return value;
  }

  function withText(searched: Searched, q: string, bestFirst: boolean): readonly NodeRecord[] {
    const stamp = stampOf(searched, 'cluster');
    const kept = current(haystack, searched, stamp);
    const value = kept ?? createHaystack(inOrder(searched, 'template').records);
    haystack = { of: searched.census.records, stamp, value };
    return value.find(q, bestFirst);
  }

  function answer(searched: Searched, asked: Asked): readonly NodeRecord[] {
    const { q, order, sort } = asked;
    const isWanted = (record: NodeRecord) => passes(record, asked);
    if (q === undefined) return directed(inOrder(searched, sort ?? 'template'), order).filter(isWanted);
    const found = withText(searched, q, sort === undefined).filter(isWanted);
    if (sort === undefined) return found;
    if (found.length <= SORTED_ALONE) return directed(inOrderOf(sort, found), order);
    const all = new Set(found);
    return directed(inOrder(searched, sort), order).filter((record) => all.has(record));
  }

  return {
    find(searched, asked) {
      const { q, template, state, cluster, free, sort, order } = asked;
      const question = JSON.stringify([q, template ?? null, state, cluster ?? null, free, sort, order]);
      const { names, holders, anything } = searched.census.counts();
      const stamp = [names, holders, anything, searched.map].join();
      const kept = current(answers, searched, stamp) ?? new Map<string, readonly NodeRecord[]>();
      answers = { of: searched.census.records, stamp, value: kept };
      const value = kept.get(question) ?? answer(searched, asked);
      for (const oldest of kept.size < KEPT_ANSWERS ? [] : [...kept.keys()].slice(0, 1)) kept.delete(oldest);
      kept.set(question, value);
      return value;
    },
  };
}

function current<T>(kept: Kept<T> | null | undefined, { census }: Searched, stamp: string): T | null {
  return kept?.of === census.records && kept.stamp === stamp ? kept.value : null;
}

/** A text that is another one whenever the order may be. */
function stampOf({ census, map }: Searched, sort: NodeSort): string {
  const { names, holders, anything } = census.counts();
  switch (sort) {
    case 'template':
    case 'id':
    case 'host':
      return String(names);
    case 'cluster':
      return [names, holders].join();
    case 'state':
      return [names, map].join();
    case 'cpu':
    case 'gpu':
    case 'memory':
    case 'objectStore':
      return [names, anything].join();
  }
}

function directed({ records, known }: Ordered, order: 'asc' | 'desc' = 'asc'): readonly NodeRecord[] {
  return order === 'asc' ? records : [...records.slice(0, known).toReversed(), ...records.slice(known)];
}

function passes({ node, cell }: NodeRecord, { template, state, cluster, free }: Asked): boolean {
  if (template !== undefined && (node.templateId ?? '') !== template) return false;
  if (cluster !== undefined && node.clusterId !== cluster) return false;
  if (free === true && (node.clusterId !== null || node.jobClusterId !== null)) return false;
  if (state === undefined) return true;
  if (state === 'idle' || state === 'busy')
    return node.busy.known && node.busy.value === (state === 'busy') && node.state !== 'dead';
  if (state === 'arriving') return cell === 'n';
  return node.state === state;
}
