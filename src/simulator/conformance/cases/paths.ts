import type { Group } from '../case.ts';

export const paths: Group = {
  name: 'paths',
  cases: [
    {
      name: 'the list knows GET, HEAD and POST only',
      run: async (ray) => {
        for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) await ray.ask(method, '/virtual_clusters');
        await ray.ask('HEAD', `/virtual_clusters?t=${ray.target.unique()}`);
      },
    },
    {
      name: 'a virtual cluster knows DELETE only',
      run: async (ray) => {
        for (const method of ['GET', 'POST', 'PUT', 'PATCH']) await ray.ask(method, '/virtual_clusters/team');
      },
    },
    {
      name: 'a trailing slash and a path below are unknown',
      run: async (ray) => {
        await ray.ask('GET', '/virtual_clusters/');
        await ray.ask('POST', '/virtual_clusters/', { text: '{}' });
        await ray.ask('DELETE', '/virtual_clusters/');
        await ray.ask('DELETE', '/virtual_clusters/team/');
        await ray.ask('DELETE', '/virtual_clusters/a/b');
        await ray.ask('GET', '/VIRTUAL_CLUSTERS');
        await ray.ask('GET', '/nope');
      },
    },
    {
      name: 'calls of newer releases do not exist',
      run: async (ray) => {
        await ray.ask('POST', '/virtual_clusters/remove_nodes', { text: '{}' });
        await ray.ask('GET', '/virtual_clusters/autoscaling_config/team');
      },
    },
    {
      name: 'what cannot be removed says why',
      run: async (ray) => {
        const ids = ['unknown', 'kPrimaryClusterID', 'a/b', ' ', '##', 'nope##raysubmit_x', 'kPrimaryClusterID##x'];
        for (const id of ids) await ray.remove(id);
      },
    },
    {
      name: 'a job cluster that a virtual cluster has not cannot be released',
      run: async (ray) => {
        await ray.create('shared', { '4c8g': 1 }, true);
        await ray.remove('shared##x');
        await ray.create('alone', { '4c8g': 1 }, false);
        await ray.remove('alone##x');
      },
    },
    {
      name: 'a query string does not matter to DELETE',
      run: async (ray) => {
        await ray.create('team', {});
        await ray.ask('DELETE', '/virtual_clusters/team?force=true');
      },
    },
    {
      name: 'the state API and the node list are read only',
      run: async (ray) => {
        await ray.ask('POST', '/api/v0/vclusters', { text: '{}' });
        await ray.ask('DELETE', '/api/v0/nodes');
        await ray.ask('POST', '/nodes?view=summary', { text: '{}' });
      },
    },
    {
      name: 'the version names the release and the session',
      run: async (ray) => {
        await ray.ask('GET', '/api/version');
      },
    },
  ],
};
