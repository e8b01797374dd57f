import type { Group } from '../case.ts';

const create = '{"virtualClusterId":"team","replicaSets":{}}';

export const headers: Group = {
  name: 'headers',
  cases: [
    {
      name: 'without a User-Agent every route fails',
      run: async (ray) => {
        const none = { 'User-Agent': null };
        await ray.ask('GET', `/virtual_clusters?t=${ray.target.unique()}`, { headers: none });
        await ray.ask('POST', '/virtual_clusters', { text: create, headers: none });
        await ray.ask('DELETE', '/virtual_clusters/team', { headers: none });
        await ray.ask('GET', '/api/v0/vclusters', { headers: none });
        await ray.ask('GET', '/nope', { headers: none });
        await ray.list();
      },
    },
    {
      name: 'a browser may not POST or PUT, whatever the path',
      run: async (ray) => {
        const browser = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
        await ray.ask('POST', '/virtual_clusters', { text: create, headers: browser });
        await ray.ask('PUT', '/virtual_clusters', { headers: browser });
        await ray.ask('POST', '/api/jobs/', { text: '{"entrypoint":"true"}', headers: browser });
        await ray.ask('POST', '/nope', { text: '{}', headers: browser });
        await ray.list();
      },
    },
    {
      name: 'a browser may read and remove',
      run: async (ray) => {
        const browser = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
        await ray.create('team', {});
        await ray.ask('GET', `/virtual_clusters?t=${ray.target.unique()}`, { headers: browser });
        await ray.ask('DELETE', '/virtual_clusters/team', { headers: browser });
        await ray.ask('PATCH', '/virtual_clusters', { headers: browser });
      },
    },
    {
      name: 'only a User-Agent that starts with Mozilla is a browser',
      run: async (ray) => {
        for (const agent of ['mozilla/5.0', 'curl/8.5.0', 'not Mozilla']) {
          await ray.ask('POST', '/virtual_clusters', { text: create, headers: { 'User-Agent': agent } });
          await ray.peek('DELETE', '/virtual_clusters/team');
        }
      },
    },
    {
      name: 'other signs of a browser do not matter',
      run: async (ray) => {
        const signs = {
          Origin: 'http://elsewhere.example',
          Referer: 'http://elsewhere.example/',
          'Sec-Fetch-Site': 'cross-site',
        };
        await ray.ask('POST', '/virtual_clusters', { text: create, headers: signs });
        await ray.ask('GET', `/virtual_clusters?t=${ray.target.unique()}`, { headers: signs });
        await ray.ask('DELETE', '/virtual_clusters/team', { headers: signs });
      },
    },
  ],
};
