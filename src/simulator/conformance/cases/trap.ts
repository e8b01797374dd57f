import type { Group } from '../case.ts';

/** Runs last, as a single case: the cluster can't be removed and breaks the state API for good (fact 12). */
export const trap: Group = {
  name: 'trap',
  cases: [
    {
      name: 'an id with ## is taken, cannot be removed, and the state API fails from then on',
      run: async (ray) => {
        // Ray never removes this one either, but its state API goes on.
        await ray.save('odd{id}', { '4c8g': 1 }, '0');
        await ray.remove('odd{id}');
        await ray.ask('DELETE', '/virtual_clusters/odd{id}');
        await ray.state();
        await ray.save('odd{id}', {}, await ray.revision('odd{id}'));
        await ray.save('odd##id', { '4c8g': 1 }, '0');
        await ray.list();
        await ray.state();
        await ray.remove('odd##id');
        await ray.state();
        await ray.save('odd##id', {}, await ray.revision('odd##id'));
        await ray.save('team', { '4c8g': 1 }, '0');
        await ray.list();
        await ray.remove('team');
        await ray.state('limit=10000');
        await ray.ask('GET', '/api/v0/nodes?detail=true&limit=10000');
      },
    },
  ],
};
