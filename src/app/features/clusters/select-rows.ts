import type { VirtualCluster } from '../../../domain/fleet.ts';
import { compareTemplates } from '../../../domain/replica-sets.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import { shownValue } from '../../../domain/sourced.ts';
import { countUsers, totalUsers } from './cluster-summary.ts';
import { columnOf, type Trends } from './list-columns.ts';
import type { ListQuery, NodesFilter } from './list-query.ts';

/**
 * The virtual clusters that a query asks for, in its order. What isn't known is never filtered out, and stands last
 * whichever way it is sorted. Each word of the filter must be in the id, in a
 * template's name, or in the owner, purpose or a label; `label:gpu` finds the labels that begin with `gpu`.
 */
export function filterAndSortClusters(
  clusters: Iterable<VirtualCluster>,
  query: ListQuery,
  trends: Trends = new Map(),
): readonly VirtualCluster[] {
  const words = query.filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const { column, descending } = query.sort;
  const { keyOf } = columnOf(column);
  return [...clusters]
    .filter((cluster) => isAsked(cluster, query, words))
    .map((cluster) => ({ cluster, key: keyOf(cluster, trends) }))
    .sort(
      (a, b) =>
        compareKeys(a.key, b.key, descending) ||
        compareTemplates(a.cluster.id, b.cluster.id) * (column === 'id' && descending ? -1 : 1),
    )
    .map(({ cluster }) => cluster);
}

function isAsked(cluster: VirtualCluster, query: ListQuery, words: readonly string[]): boolean {
  if (query.kind !== 'all' && cluster.divisible !== (query.kind === 'divisible')) return false;
  if (query.inUse) {
    const use = shownValue(countUsers(cluster.usedBy));
    if (use !== null && totalUsers(use.value) === 0) return false;
  }
  if (query.deadNodes) {
    if (cluster.templates.every(({ dead }) => shownValue(dead)?.value === 0)) return false;
  }
  if (query.nodes !== null && !hasNodes(cluster, query.nodes)) return false;
  if (words.length === 0) return true;
  const { owner = '', purpose = '', labels = [] } = cluster.profile?.profile ?? {};
  const names = [cluster.id, ...cluster.templates.map(({ templateId }) => templateId), owner, purpose, ...labels];
  const lower = names.map((name) => name.toLowerCase());
  return words.every((word) => {
    if (!word.startsWith(LABEL)) return lower.some((name) => name.includes(word));
    return labels.some((label) => label.toLowerCase().startsWith(word.slice(LABEL.length)));
  });
}

/** Before a word of the filter: it must begin a label. */
const LABEL = 'label:';

function hasNodes({ templates }: VirtualCluster, { part, templateId }: NodesFilter): boolean {
  const held = templates.find((each) => each.templateId === templateId);
  if (held === undefined) return false;
  return part === 'free' ? held.count > 0 : shownValue(held[part])?.value !== 0;
}

type Key = NonNullable<ReturnType<ReturnType<typeof columnOf>['keyOf']>>;

function compareKeys(a: Key | null, b: Key | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareKnown(a, b) * (descending ? -1 : 1);
}

function compareKnown(a: Key, b: Key): number {
  if (a.kind === 'number' && b.kind === 'number') return a.value - b.value;
  if (a.kind === 'text' && b.kind === 'text') return compareTemplates(a.value, b.value);
  if (a.kind === 'revision' && b.kind === 'revision') return compareRevisions(a.value, b.value);
  return 0;
}
