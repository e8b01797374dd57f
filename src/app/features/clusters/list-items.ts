import type { JobCluster, VirtualCluster } from '../../../domain/fleet.ts';

/** One line of the list: a virtual cluster, or below it one of its job clusters, or how many more of these there are. */
export type ListItem =
  | { readonly kind: 'cluster'; readonly key: string; readonly cluster: VirtualCluster }
  | {
      readonly kind: 'job-cluster';
      readonly key: string;
      readonly cluster: VirtualCluster;
      readonly jobCluster: JobCluster;
    }
  | { readonly kind: 'more'; readonly key: string; readonly cluster: VirtualCluster; readonly count: number };

/** How many job clusters stand below one virtual cluster; its panel tells all. */
export const MAX_VISIBLE_JOB_CLUSTERS = 20;

/** The job clusters that a virtual cluster is known to have. */
export function jobClustersOf({ usedBy }: Pick<VirtualCluster, 'usedBy'>): readonly JobCluster[] {
  return usedBy.known ? usedBy.value.jobClusters : [];
}

/** The lines of the list, in order: below each virtual cluster that is opened stand its job clusters. */
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

/** From so many elements on, only what is in sight is drawn: below that the browser's own search finds every line. */
const VIRTUALIZE_ABOVE_ELEMENTS = 1_200;

/** Whether the lines are so many that only those in sight are drawn. Counts about as many elements as they would take. */
export function shouldVirtualize(items: readonly ListItem[], mostTemplates: number): boolean {
  let elements = 0;
  for (const item of items) {
    elements += item.kind === 'cluster' ? 25 + 2 * Math.min(item.cluster.templates.length, mostTemplates) : 20;
    if (elements > VIRTUALIZE_ABOVE_ELEMENTS) return true;
  }
  return false;
}
