import type { Group } from '../case.ts';

export const cache: Group = {
  name: 'cache',
  cases: [
    {
      name: 'the read that finds a reply expired still gets it, the next one gets the new',
      run: async (ray) => {
        const path = `/virtual_clusters?t=${ray.target.unique()}`;
        await ray.ask('GET', path);
        await ray.create('team', {});
        await ray.ask('GET', path);
        await ray.target.wait(8000);
        await ray.ask('GET', path);
        await ray.target.wait(2500);
        await ray.ask('GET', path);
        await ray.target.wait(300);
        await ray.ask('GET', path);
      },
    },
    {
      name: 'every query string is kept by itself, and a new one reads fresh',
      run: async (ray) => {
        const one = `/virtual_clusters?t=${ray.target.unique()}`;
        const other = `/virtual_clusters?t=${ray.target.unique()}&x=1`;
        await ray.ask('GET', one);
        await ray.create('first', {});
        await ray.ask('GET', other);
        await ray.create('second', {});
        await ray.ask('GET', one);
        await ray.ask('GET', other);
        await ray.list();
      },
    },
    {
      name: 'the state API is not kept',
      run: async (ray) => {
        await ray.state('limit=10000');
        await ray.create('team', { '4c8g': 1 });
        await ray.state('limit=10000');
        await ray.remove('team');
        await ray.state('limit=10000');
      },
    },
  ],
};
