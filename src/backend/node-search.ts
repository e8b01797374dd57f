import type { NodeQuery, NodeSort } from '../contract/nodes.ts';
import type { Census } from './census.ts';
import { inDefaultOrder, inOrderOf, type Ordered } from './node-order.ts';
import type { NodeRecord } from './node-record.ts';

/** What is searched. `map`: the map's number, which grows when what a node is changes. */
interface Searched {
  readonly census: Pick<Census, 'records' | 'counts'>;
  readonly map: number;
}

type Asked = Omit<NodeQuery, 'offset' | 'limit'>;

/** Finds nodes among 100,000 at each key typed: what was made for one question is kept for the next while it is true. */
export interface NodeSearch {
  /** All that match, in the order asked for. */
  find(searched: Searched, asked: Asked): readonly NodeRecord[];
}

export function createNodeSearch(): NodeSearch {
  /** Each order with what it was made of. */
  const orders = new Map<NodeSort, { readonly records: Searched['census']['records']; readonly stamp: number; readonly ordered: Ordered }>();

  function inOrder(searched: Searched, sort: NodeSort): Ordered {
    const { records } = searched.census;
    const stamp = stampOf(searched, sort);
    const kept = orders.get(sort);
    if (kept?.records === records && kept.stamp === stamp) return kept.ordered;
    const ordered = sort === 'template' ? inDefaultOrder(records.values()) : inOrderOf(sort, inOrder(searched, 'template').records);
    orders.set(sort, { records, stamp, ordered });
    return ordered;
  }

  return {
    find(searched, asked) {
      const { q, sort, order } = asked;
      const sorted = directed(inOrder(searched, sort ?? 'template'), order ?? 'asc');
      const filtered = isFiltered(asked) ? sorted.filter((record) => passes(record, asked)) : sorted;
      if (q === undefined) return filtered;
      return sort === undefined ? bestFirst(filtered, q.toLowerCase()) : filtered.filter((record) => textOf(record).includes(q.toLowerCase()));
    },
  };
}

/** A number that is another one whenever the order may be. */
function stampOf({ census, map }: Searched, sort: NodeSort): number {
  const { names, holders, anything } = census.counts();
  if (sort === 'cluster') return names + holders;
  if (sort === 'state') return names + map;
  return sort === 'template' || sort === 'id' || sort === 'host' ? names : anything;
}

function directed({ records, known }: Ordered, order: 'asc' | 'desc'): readonly NodeRecord[] {
  return order === 'asc' ? records : [...records.slice(0, known).reverse(), ...records.slice(known)];
}

/** Whole fields first, then beginnings, then the rest. */
function bestFirst(records: readonly NodeRecord[], q: string): readonly NodeRecord[] {
  const whole: NodeRecord[] = [];
  const beginnings: NodeRecord[] = [];
  const others: NodeRecord[] = [];
  for (const record of records) {
    const text = textOf(record);
    if (!text.includes(q)) continue;
    if (text.includes(`\n${q}\n`)) whole.push(record);
    else if (text.includes(`\n${q}`)) beginnings.push(record);
    else others.push(record);
  }
  return [...whole, ...beginnings, ...others];
}

/** What is looked in, a line each; made once, as lower case is dear. */
function textOf(record: NodeRecord): string {
  const { id, hostname, templateId, clusterId, jobClusterId } = record.node;
  return (record.text ??= `\n${id}\n${hostname ?? ''}\n${templateId ?? ''}\n${clusterId ?? ''}\n${jobClusterId ?? ''}\n`.toLowerCase());
}

function isFiltered({ template, state, cluster, free }: Asked): boolean {
  return template !== undefined || state !== undefined || cluster !== undefined || free === true;
}

function passes({ node, cell }: NodeRecord, { template, state, cluster, free }: Asked): boolean {
  if (template !== undefined && (node.templateId ?? '') !== template) return false;
  if (cluster !== undefined && node.clusterId !== cluster) return false;
  if (free === true && (node.clusterId !== null || node.jobClusterId !== null)) return false;
  if (state === undefined) return true;
  if (state === 'idle' || state === 'busy') return node.busy.known && node.busy.value === (state === 'busy') && node.state !== 'dead';
  if (state === 'arriving') return cell === 'n';
  return node.state === state;
}
