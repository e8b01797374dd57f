import type { Group } from '../case.ts';
import { countedRows } from '../normalise.ts';
import { comparableSummary } from '../node-summary.ts';

/** Keeps the counts only: which rows a limit leaves is unspecified. */
function keepCounts(reply: unknown): unknown {
  const parsed = countedRows.safeParse(reply);
  if (!parsed.success) return reply;
  const { total, num_after_truncation, num_filtered, result } = parsed.data.data.result;
  return {
    rows: result.length,
    allAfterTruncation: num_after_truncation === total,
    allFiltered: num_filtered === total,
    more: total > result.length,
  };
}

const where = (key: string, value: string, predicate = '=') =>
  `detail=true&filter_keys=${key}&filter_predicates=${encodeURIComponent(predicate)}&filter_values=${value}`;

export const stateApi: Group = {
  name: 'state-api',
  cases: [
    {
      name: 'without virtual clusters the primary cluster has every node free',
      run: async (ray) => {
        await ray.state();
      },
    },
    {
      name: 'virtual clusters show with their nodes, and the rest is the free pool',
      run: async (ray) => {
        await ray.create('alone', { '4c8g': 1, my_node_type: 1 });
        await ray.create('shared', { '8c16g': 2 }, true);
        await ray.create('empty', {});
        await ray.state();
      },
    },
    {
      name: 'a divisible virtual cluster without nodes',
      run: async (ray) => {
        await ray.create('shared', {}, true);
        await ray.state();
      },
    },
    {
      name: 'with every node taken the free pool is empty',
      run: async (ray) => {
        await ray.create('all', { '4c8g': 3, '8c16g': 3, my_node_type: 2, head: 1 });
        await ray.state();
      },
    },
    {
      name: 'without detail the nodes are left out',
      run: async (ray) => {
        await ray.create('alone', { '4c8g': 1 });
        await ray.state('limit=10000');
        await ray.state('limit=10000&detail=false');
        await ray.state('limit=10000&detail=1');
        await ray.state('limit=10000&detail=TRUE');
      },
    },
    {
      name: 'a limit cuts the rows and not the totals',
      run: async (ray) => {
        for (const id of ['one', 'two', 'three']) await ray.create(id, {});
        for (const limit of ['0', '1', '3', '4', '10000']) {
          await ray.ask('GET', `/api/v0/vclusters?detail=true&limit=${limit}`, { keep: keepCounts });
        }
        await ray.ask('GET', '/api/v0/vclusters', { keep: keepCounts });
      },
    },
    {
      name: 'a limit that is none fails',
      run: async (ray) => {
        for (const source of ['vclusters', 'nodes', 'actors']) {
          for (const limit of ['-1', '10001', 'x']) await ray.ask('GET', `/api/v0/${source}?limit=${limit}`);
        }
      },
    },
    {
      name: 'virtual clusters can be filtered',
      run: async (ray) => {
        await ray.create('alone', { '4c8g': 1 });
        await ray.create('shared', { '8c16g': 1 }, true);
        await ray.state(where('virtual_cluster_id', 'alone'));
        await ray.state(where('virtual_cluster_id', 'ALONE'));
        await ray.state(where('divisible', 'true'));
        await ray.state(where('virtual_cluster_id', 'kPrimaryClusterID', '!='));
      },
    },
    {
      name: 'the nodes show with an explicit state and without a template',
      run: async (ray) => {
        await ray.ask('GET', '/api/v0/nodes?detail=true&limit=10000');
        await ray.ask('GET', '/api/v0/nodes?limit=10000');
      },
    },
    {
      name: 'nodes can be filtered and limited',
      run: async (ray) => {
        await ray.ask('GET', `/api/v0/nodes?${where('state', 'alive')}`);
        await ray.ask('GET', `/api/v0/nodes?${where('state', 'ALIVE', '!=')}`);
        await ray.ask('GET', `/api/v0/nodes?${where('is_head_node', 'true')}`);
        await ray.ask('GET', '/api/v0/nodes?detail=true&limit=2', { keep: keepCounts });
        await ray.ask('GET', '/api/v0/nodes?detail=true&limit=0', { keep: keepCounts });
      },
    },
    {
      name: 'the node summary gives templates, hosts and logical resources',
      run: async (ray) => {
        await ray.create('alone', { '4c8g': 1 });
        await ray.ask('GET', `/nodes?view=summary&t=${ray.target.unique()}`, { keep: comparableSummary });
      },
    },
    {
      name: 'another view of the nodes is refused',
      run: async (ray) => {
        await ray.ask('GET', '/nodes?view=x');
        await ray.ask('GET', '/nodes');
      },
    },
    {
      name: 'without jobs no actor is alive',
      run: async (ray) => {
        await ray.ask('GET', `/api/v0/actors?limit=10000&${where('state', 'ALIVE')}`);
      },
    },
  ],
};
