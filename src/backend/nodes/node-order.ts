import type { CellCode } from '../../contract/map.ts';
import type { NodeSort } from '../../contract/nodes.ts';
import type { FleetNode } from '../../domain/fleet.ts';
import { groupBy } from '../../domain/group-by.ts';
import { compareTemplates } from '../../domain/replica-sets.ts';
import type { NodeRecord } from './node-record.ts';

/** Sorted nodes. `knownCount`: how many have the value that they are sorted by; the others are last in either direction. */
export interface OrderedNodes {
  readonly records: readonly NodeRecord[];
  readonly knownCount: number;
}

/** Sorts behind every host name. */
const LAST_TEXT = '\uffff';

type Records = readonly NodeRecord[];

/** By template in the screen's order, then host, then id. */
function sortByTemplate(records: Iterable<NodeRecord>): OrderedNodes {
  const hostOf = ({ node }: NodeRecord) => node.hostname ?? LAST_TEXT;
  const byHost = (a: NodeRecord, b: NodeRecord) =>
    compareText(hostOf(a), hostOf(b)) || compareText(a.node.id, b.node.id);
  // Grouped, so that the expensive comparison is made once per template, not once per node.
  const groups = [...groupBy(records, ({ node }) => node.templateId)].sort(([a], [b]) =>
    compareTemplates(a ?? '', b ?? ''),
  );
  const known = groups.filter(([templateId]) => templateId !== null).flatMap(([, group]) => group.sort(byHost));
  const unknown = groups.filter(([templateId]) => templateId === null).flatMap(([, group]) => group.sort(byHost));
  return { records: [...known, ...unknown], knownCount: known.length };
}

/** Sorts in ascending order, stably. */
export function sortNodes(sort: NodeSort, records: Records): OrderedNodes {
  switch (sort) {
    case 'template':
      return sortByTemplate(records);
    case 'id':
      return sortKnownFirst(records, ({ id }) => id, compareText);
    case 'host':
      return sortKnownFirst(records, ({ hostname }) => hostname, compareText);
    case 'cluster':
      return sortGroups(records, ({ node }) => `${node.clusterId ?? ''}\n${node.jobClusterId ?? ''}`, compareText);
    case 'state':
      return sortGroups(
        records,
        ({ cell }) => cell,
        (a, b) => stateRank[a] - stateRank[b],
      );
    case 'cpu':
    case 'gpu':
    case 'memory':
    case 'objectStore':
      return sortKnownFirst(
        records,
        (node) => shareInUse(node, sort),
        (a, b) => a - b,
      );
  }
}

/** The nodes that need attention first. */
const stateRank: Record<CellCode, number> = { d: 0, u: 1, n: 2, b: 3, r: 4, a: 5, i: 6 };

/** 0 to 1; null where it is unknown, or the node has none of it. */
function shareInUse({ usage }: FleetNode, resource: 'cpu' | 'gpu' | 'memory' | 'objectStore'): number | null {
  const amount = usage.known ? usage.value[resource] : null;
  return amount === null || amount.total === 0 ? null : amount.used / amount.total;
}

/** Values are extracted first: doing so in each comparison is expensive. */
function sortKnownFirst<T>(
  records: Records,
  valueOf: (node: FleetNode) => T | null,
  compare: (a: T, b: T) => number,
): OrderedNodes {
  const known: { readonly record: NodeRecord; readonly value: T }[] = [];
  const unknown: NodeRecord[] = [];
  for (const record of records) {
    const value = valueOf(record.node);
    if (value === null) unknown.push(record);
    else known.push({ record, value });
  }
  known.sort((a, b) => compare(a.value, b.value));
  return { records: [...known.map(({ record }) => record), ...unknown], knownCount: known.length };
}

function sortGroups<K>(
  records: Records,
  keyOf: (record: NodeRecord) => K,
  compare: (a: K, b: K) => number,
): OrderedNodes {
  const groups = [...groupBy(records, keyOf)].sort(([a], [b]) => compare(a, b));
  return { records: groups.flatMap(([, group]) => group), knownCount: records.length };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
