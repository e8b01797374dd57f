import type { Fleet, VirtualCluster } from '../../domain/fleet.ts';
import { compareNames } from '../../domain/natural-order.ts';
import type { Recalled } from '../../domain/sourced.ts';
import type { Amount } from '../../domain/sources.ts';
import type { Metrics, Sample } from './metrics.ts';

/** The most virtual clusters that have series of their own: each brings about seven a template. */
const MAX_CLUSTERS = 1_000;

/**
 * Registers what each virtual cluster holds and uses, by template. `fleet`: null while the list can't be read; then there are
 * no series, as for every value that is unknown: never zero, never the last one. A series goes with its cluster.
 */
export function addClusterMetrics(metrics: Metrics, fleet: () => Fleet | null): void {
  const clusters = () => shownClusters(fleet());
  const perTemplate = (
    name: string,
    help: string,
    of: (nodes: VirtualCluster['templates'][number]) => Recalled<number>,
  ) =>
    metrics.gauge(name, help, ['virtual_cluster', 'template'], function* () {
      for (const { id, templates } of clusters())
        for (const nodes of templates) {
          const value = of(nodes);
          if (value.known) yield { labels: { virtual_cluster: id, template: nodes.templateId }, value: value.value };
        }
    });
  metrics.gauge(
    'virtual_cluster_nodes_held',
    'Nodes that are assigned to a virtual cluster, dead ones included.',
    ['virtual_cluster', 'template'],
    function* () {
      for (const { id, templates } of clusters())
        for (const { templateId, count } of templates)
          yield { labels: { virtual_cluster: id, template: templateId }, value: count };
    },
  );
  perTemplate('virtual_cluster_nodes_used', 'Held nodes on which work runs.', ({ used }) => used);
  perTemplate(
    'virtual_cluster_nodes_reserved',
    'Held nodes on which nothing runs and that Ray keeps for a job.',
    ({ reserved }) => reserved,
  );
  perTemplate('virtual_cluster_nodes_idle', 'Held nodes that can be taken.', ({ idle }) => idle);
  perTemplate('virtual_cluster_nodes_dead', 'Held nodes that are dead.', ({ dead }) => dead);

  metrics.gauge('virtual_cluster_jobs', 'Jobs that run in a virtual cluster.', ['virtual_cluster'], function* () {
    for (const { id, usedBy } of clusters()) {
      if (!usedBy.known) continue;
      const { jobs, jobClusters } = usedBy.value;
      if (jobClusters.every(({ leftover }) => leftover.known))
        yield {
          labels: { virtual_cluster: id },
          value: jobs.length + jobClusters.filter(({ leftover }) => leftover.known && !leftover.value).length,
        };
    }
  });
  metrics.gauge(
    'virtual_cluster_left_over_job_clusters',
    'Clusters of jobs that have ended which still hold nodes.',
    ['virtual_cluster'],
    function* () {
      for (const { id, usedBy } of clusters())
        if (usedBy.known)
          yield {
            labels: { virtual_cluster: id },
            value: usedBy.value.jobClusters.filter(({ leftover }) => leftover.known && leftover.value).length,
          };
    },
  );
  metrics.gauge(
    'virtual_cluster_resources_used',
    'CPUs and GPUs in use on a virtual cluster’s alive nodes.',
    ['virtual_cluster', 'template', 'resource'],
    () => resourceSamples(fleet(), ({ used }) => used),
  );
  metrics.gauge(
    'virtual_cluster_resources_total',
    'CPUs and GPUs of a virtual cluster’s alive nodes.',
    ['virtual_cluster', 'template', 'resource'],
    () => resourceSamples(fleet(), ({ total }) => total),
  );

  const pool = () => fleet()?.pool.templates ?? [];
  metrics.gauge('virtual_cluster_free_nodes', 'Nodes in the free pool.', ['template'], function* () {
    for (const { templateId, free } of pool())
      if (free.known) yield { labels: { template: templateId }, value: free.value.count };
  });
  metrics.gauge(
    'virtual_cluster_free_nodes_is_upper_bound',
    '1 where Ray tells only how many nodes are free at most, 0 where it tells how many are.',
    ['template'],
    function* () {
      for (const { templateId, free } of pool())
        if (free.known) yield { labels: { template: templateId }, value: free.value.atMost ? 1 : 0 };
    },
  );
  metrics.gauge('virtual_cluster_listed', 'Virtual clusters in Ray’s list.', [], function* () {
    const current = fleet();
    if (current !== null) yield { value: current.clusters.size };
  });
  metrics.gauge(
    'virtual_cluster_omitted',
    `Virtual clusters without series of their own, which the first ${String(MAX_CLUSTERS)} by id have.`,
    [],
    function* () {
      const current = fleet();
      if (current !== null) yield { value: Math.max(0, current.clusters.size - MAX_CLUSTERS) };
    },
  );
}

function shownClusters(fleet: Fleet | null): readonly VirtualCluster[] {
  if (fleet === null) return [];
  const all = [...fleet.clusters.values()];
  if (all.length <= MAX_CLUSTERS) return all;
  return all.sort((a, b) => compareNames(a.id, b.id)).slice(0, MAX_CLUSTERS);
}

/** Sums of the alive nodes; none for a template of which some alive node's usage is unknown. */
function* resourceSamples(fleet: Fleet | null, of: (amount: Amount) => number): Iterable<Sample> {
  if (fleet === null) return;
  const shown = new Set(shownClusters(fleet).map(({ id }) => id));
  const sums = new Map<string, Map<string, { cpu: number | null; gpu: number | null; isUnknown: boolean }>>();
  for (const { clusterId, templateId, state, usage } of fleet.nodes.values()) {
    if (clusterId === null || templateId === null || state !== 'alive' || !shown.has(clusterId)) continue;
    const byTemplate =
      sums.get(clusterId) ?? new Map<string, { cpu: number | null; gpu: number | null; isUnknown: boolean }>();
    sums.set(clusterId, byTemplate);
    const sum = byTemplate.get(templateId) ?? { cpu: null, gpu: null, isUnknown: false };
    byTemplate.set(templateId, sum);
    if (!usage.known) sum.isUnknown = true;
    else {
      if (usage.value.cpu !== null) sum.cpu = (sum.cpu ?? 0) + of(usage.value.cpu);
      if (usage.value.gpu !== null) sum.gpu = (sum.gpu ?? 0) + of(usage.value.gpu);
    }
  }
  for (const [virtual_cluster, byTemplate] of sums)
    for (const [template, { cpu, gpu, isUnknown }] of byTemplate) {
      if (isUnknown) continue;
      if (cpu !== null) yield { labels: { virtual_cluster, template, resource: 'CPU' }, value: cpu };
      if (gpu !== null) yield { labels: { virtual_cluster, template, resource: 'GPU' }, value: gpu };
    }
}
