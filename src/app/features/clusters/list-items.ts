import type { JobCluster, VirtualCluster } from '../../../domain/fleet.ts';

/** A row of the list: a virtual cluster, below it one of its job clusters, or the number of those not shown. */
export type ListItem =
  | { readonly kind: 'cluster'; readonly key: string; readonly cluster: VirtualCluster }
  | {
      readonly kind: 'job-cluster';
      readonly key: string;
      readonly cluster: VirtualCluster;
      readonly jobCluster: JobCluster;
    }
  | { readonly kind: 'more'; readonly key: string; readonly cluster: VirtualCluster; readonly count: number };

/** How many job clusters are shown below a virtual cluster; its panel shows all. */
export const MAX_VISIBLE_JOB_CLUSTERS = 20;

/** The job clusters that a virtual cluster is known to have. */
export function jobClustersOf({ usedBy }: Pick<VirtualCluster, 'usedBy'>): readonly JobCluster[] {
  return usedBy.known ? usedBy.value.jobClusters : [];
}

/** The rows of the list, in order: each expanded virtual cluster is followed by its job clusters. */
export function listItems(clusters: readonly VirtualCluster[], openedIds: ReadonlySet<string>): readonly ListItem[] {
  const items: ListItem[] = [];
  for (const cluster of clusters) {
    items.push({ kind: 'cluster', key: `cluster ${cluster.id}`, cluster });
    if (!openedIds.has(cluster.id)) continue;
    const all = jobClustersOf(cluster);
    for (const jobCluster of all.slice(0, MAX_VISIBLE_JOB_CLUSTERS))
      items.push({ kind: 'job-cluster', key: `job ${jobCluster.id}`, cluster, jobCluster });
    if (all.length > MAX_VISIBLE_JOB_CLUSTERS)
      items.push({ kind: 'more', key: `more ${cluster.id}`, cluster, count: all.length - MAX_VISIBLE_JOB_CLUSTERS });
  }
  return items;
}

/** Above this many elements only visible rows are rendered. Below it, the browser's own search finds every row. */
const VIRTUALIZE_ABOVE_ELEMENTS = 1_200;

/** Whether to render only visible rows, by an estimate of how many elements all rows would take. */
export function shouldVirtualize(items: readonly ListItem[], mostTemplates: number): boolean {
  let elements = 0;
  for (const item of items) {
    elements += item.kind === 'cluster' ? 25 + 2 * Math.min(item.cluster.templates.length, mostTemplates) : 20;
    if (elements > VIRTUALIZE_ABOVE_ELEMENTS) return true;
  }
  return false;
}
