import type { Group } from '../case.ts';

export const management: Group = {
  name: 'management',
  cases: [
    {
      name: 'a fleet without virtual clusters lists none',
      run: async (ray) => {
        await ray.list();
      },
    },
    {
      name: 'a virtual cluster can be created without nodes',
      run: async (ray) => {
        await ray.save('empty', {}, '0');
        await ray.list();
      },
    },
    {
      name: 'a created virtual cluster gets nodes of each template and shows in the list',
      run: async (ray) => {
        await ray.save('team', { '4c8g': 2, '8c16g': 1 }, '0');
        await ray.list();
      },
    },
    {
      name: 'a divisible virtual cluster says so in words',
      run: async (ray) => {
        await ray.save('shared', { '8c16g': 1 }, '0', true);
        await ray.list();
      },
    },
    {
      name: 'an update grows one template and shrinks another',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 2, '8c16g': 1 });
        await ray.save('team', { '4c8g': 1, '8c16g': 2 }, revision);
        await ray.list();
      },
    },
    {
      name: 'growing keeps the members and adds to them',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 2 });
        const before = await ray.members('team');
        await ray.save('team', { '4c8g': 3 }, revision);
        const after = await ray.members('team');
        ray.recordObservation('members that stayed', before.filter((id) => after.includes(id)).length);
      },
    },
    {
      name: 'shrinking keeps some of the members and takes no others',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 3 });
        const before = await ray.members('team');
        await ray.save('team', { '4c8g': 1 }, revision);
        const after = await ray.members('team');
        ray.recordObservation('members that were there before', after.filter((id) => before.includes(id)).length);
      },
    },
    {
      name: 'a template left out of the request counts as zero',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 2, '8c16g': 1 });
        await ray.save('team', { '4c8g': 2 }, revision);
        await ray.list();
      },
    },
    {
      name: 'a cluster can be emptied and filled again',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 2 });
        await ray.save('team', {}, revision);
        await ray.save('team', { '8c16g': 2 }, await ray.revision('team'));
        await ray.list();
      },
    },
    {
      name: 'zero of a template that the fleet has not is no shortage',
      run: async (ray) => {
        await ray.save('team', { nope: 0 }, '0');
        await ray.list();
      },
    },
    {
      name: 'the head node can be taken under its own template',
      run: async (ray) => {
        await ray.save('greedy', { head: 1 }, '0');
        await ray.list();
        await ray.state();
      },
    },
    {
      name: 'a removed virtual cluster is gone and its nodes are free',
      run: async (ray) => {
        await ray.create('team', { '4c8g': 3 });
        await ray.remove('team');
        await ray.list();
        await ray.save('other', { '4c8g': 3 }, '0');
      },
    },
    {
      name: 'a virtual cluster can be removed once',
      run: async (ray) => {
        await ray.create('team', {});
        await ray.remove('team');
        await ray.remove('team');
      },
    },
    {
      name: 'an edit of a removed virtual cluster brings it back',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 1 });
        await ray.remove('team');
        await ray.save('team', { '4c8g': 2 }, revision, true);
        await ray.list();
      },
    },
    {
      name: 'ids with slashes, blanks and letters beyond ASCII are taken as they are',
      run: async (ray) => {
        for (const id of ['a/b c?d', 'größe', ' padded ', 'line\nbreak']) {
          await ray.save(id, {}, '0');
        }
        await ray.list();
        for (const id of ['a/b c?d', 'größe', ' padded ', 'line\nbreak']) await ray.remove(id);
        await ray.list();
      },
    },
    {
      name: 'the list does not filter',
      run: async (ray) => {
        await ray.create('one', {});
        await ray.create('two', {});
        await ray.ask('GET', `/virtual_clusters?t=${ray.target.unique()}&virtual_cluster_id=one`);
      },
    },
  ],
};
