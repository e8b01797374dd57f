import type { Group } from '../case.ts';

export const revisions: Group = {
  name: 'revisions',
  cases: [
    {
      name: 'an older revision is expired, and the reply names the latest',
      run: async (ray) => {
        const first = await ray.create('team', { '4c8g': 1 });
        await ray.save('team', { '4c8g': 2 }, first);
        await ray.save('team', { '4c8g': 3 }, first);
        await ray.list();
      },
    },
    {
      name: 'a revision from the future is expired too',
      run: async (ray) => {
        await ray.create('team', {});
        await ray.save('team', {}, '9223372036854775807');
      },
    },
    {
      name: 'a missing revision counts as zero',
      run: async (ray) => {
        await ray.ask('POST', '/virtual_clusters', { json: { virtualClusterId: 'team', replicaSets: {} } });
        await ray.ask('POST', '/virtual_clusters', { json: { virtualClusterId: 'team', replicaSets: {} } });
      },
    },
    {
      name: 'a save without a change moves the revision',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 1 });
        await ray.list();
        await ray.save('team', { '4c8g': 1 }, revision);
        await ray.list();
      },
    },
    {
      name: 'a rejected save leaves the revision',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 1 });
        await ray.list();
        await ray.save('team', { '4c8g': 99 }, revision);
        await ray.list();
        await ray.save('team', { '4c8g': 2 }, revision);
      },
    },
    {
      name: 'a save of one cluster leaves the revision of another',
      run: async (ray) => {
        const one = await ray.create('one', { '4c8g': 1 });
        const other = await ray.create('other', { '4c8g': 1 });
        await ray.list();
        await ray.save('one', {}, one);
        await ray.save('other', {}, other);
        await ray.list();
      },
    },
    {
      name: 'a revision may be sent as text',
      run: async (ray) => {
        const revision = await ray.create('team', {});
        await ray.ask('POST', '/virtual_clusters', {
          text: `{"virtualClusterId":"team","replicaSets":{"4c8g":1},"revision": "${revision}" }`,
        });
      },
    },
    {
      name: 'a virtual cluster is created on any revision',
      run: async (ray) => {
        await ray.save('team', { '4c8g': 1 }, '9223372036854775807');
      },
    },
    {
      name: 'divisible cannot change, in either direction',
      run: async (ray) => {
        const shared = await ray.create('shared', { '4c8g': 1 }, true);
        const alone = await ray.create('alone', { '4c8g': 1 }, false);
        await ray.save('shared', { '4c8g': 1 }, shared, false);
        await ray.save('alone', { '4c8g': 1 }, alone, true);
        await ray.list();
      },
    },
  ],
};
