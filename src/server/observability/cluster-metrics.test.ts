import { describe, expect, test } from 'vitest';
import type { Fleet, VirtualCluster } from '../../domain/fleet.ts';
import { joinFleet } from '../../domain/join.ts';
import { emptyMemory } from '../../domain/fleet-memory.ts';
import { nothingRead, readings, type SmallFleet } from '../../testing/harness/small-fleet.ts';
import { parseMetrics, valueOf, type ParsedSample } from '../../testing/harness/parse-metrics.ts';
import { addClusterMetrics } from './cluster-metrics.ts';
import { createMetrics } from './metrics.ts';

const small: SmallFleet = {
  nodes: [
    { id: 'n1', template: '4c8g', cpus: 3 },
    { id: 'n2', template: '4c8g' },
    { id: 'n3', template: '4c8g', dead: true },
    { id: 'n4', template: '4c8g' },
    { id: 'h', template: 'head', head: true },
  ],
  clusters: { team: ['n1', 'n2', 'n3'] },
};

const fleetOf = (fleet: SmallFleet, sources: Parameters<typeof readings>[1]): Fleet =>
  joinFleet({ ...nothingRead, ...readings(fleet, sources) }, emptyMemory()).fleet;

async function scrape(fleet: () => Fleet | null): Promise<readonly ParsedSample[]> {
  const metrics = createMetrics();
  addClusterMetrics(metrics, fleet);
  return parseMetrics(await metrics.text());
}

describe('the metrics of virtual clusters', () => {
  const team = { virtual_cluster: 'team', template: '4c8g' };

  test('tell what is held and what of it is used, and what is free', async () => {
    const fleet = fleetOf(small, ['list', 'liveness', 'state', 'summary', 'actors', 'jobs']);
    const samples = await scrape(() => fleet);
    expect(valueOf(samples, 'virtual_cluster_nodes_held', team)).toBe(3);
    expect(valueOf(samples, 'virtual_cluster_nodes_used', team)).toBe(1);
    expect(valueOf(samples, 'virtual_cluster_nodes_reserved', team)).toBe(0);
    expect(valueOf(samples, 'virtual_cluster_nodes_idle', team)).toBe(1);
    expect(valueOf(samples, 'virtual_cluster_nodes_dead', team)).toBe(1);
    expect(valueOf(samples, 'virtual_cluster_resources_used', { ...team, resource: 'CPU' })).toBe(3);
    expect(valueOf(samples, 'virtual_cluster_resources_total', { ...team, resource: 'CPU' })).toBe(8);
    expect(valueOf(samples, 'virtual_cluster_free_nodes', { template: '4c8g' })).toBe(1);
    expect(valueOf(samples, 'virtual_cluster_free_nodes_is_upper_bound', { template: '4c8g' })).toBe(0);
    expect(valueOf(samples, 'virtual_cluster_listed')).toBe(1);
    expect(valueOf(samples, 'virtual_cluster_omitted')).toBe(0);
  });

  test('leave out what is unknown, instead of telling it as zero', async () => {
    const fleet = fleetOf(small, ['list', 'liveness']);
    const samples = await scrape(() => fleet);
    expect(valueOf(samples, 'virtual_cluster_nodes_held', team)).toBe(3);
    expect(valueOf(samples, 'virtual_cluster_nodes_dead', team)).toBe(1);
    for (const name of [
      'nodes_used',
      'nodes_reserved',
      'nodes_idle',
      'resources_used',
      'resources_total',
      'jobs',
      'free_nodes',
    ])
      expect(samples.filter((one) => one.name === `virtual_cluster_${name}`)).toEqual([]);
  });

  test('have no series at all while the list can’t be read', async () => {
    expect(await scrape(() => null)).toEqual([]);
  });

  test('lose the series of a virtual cluster that is gone, and keep a strange id as it is', async () => {
    const strange = 'a"} 1\n\\';
    let fleet: Fleet | null = fleetOf({ ...small, clusters: { team: ['n1'], [strange]: ['n2'] } }, [
      'list',
      'liveness',
    ]);
    const metrics = createMetrics();
    addClusterMetrics(metrics, () => fleet);
    const held = async () =>
      parseMetrics(await metrics.text())
        .filter(({ name }) => name === 'virtual_cluster_nodes_held')
        .map(({ labels }) => labels['virtual_cluster']);
    expect(new Set(await held())).toEqual(new Set(['team', strange]));
    fleet = fleetOf({ ...small, clusters: { [strange]: ['n2'] } }, ['list', 'liveness']);
    expect(await held()).toEqual([strange]);
  });

  test('stay bounded: the first thousand by id, and how many were left out', async () => {
    const { clusters, ...rest } = fleetOf(small, ['list', 'liveness']);
    const one = clusters.get('team');
    if (one === undefined) throw new Error('no cluster');
    const many = new Map<string, VirtualCluster>();
    for (let n = 1_002; n >= 1; n -= 1) many.set(`c${String(n)}`, { ...one, id: `c${String(n)}` });
    const samples = await scrape(() => ({ ...rest, clusters: many }));
    const held = samples.filter(({ name }) => name === 'virtual_cluster_nodes_held');
    expect(held).toHaveLength(1_000);
    expect(held.map(({ labels }) => labels['virtual_cluster'])).not.toContain('c1001');
    expect(valueOf(samples, 'virtual_cluster_omitted')).toBe(2);
    expect(valueOf(samples, 'virtual_cluster_listed')).toBe(1_002);
  });
});
