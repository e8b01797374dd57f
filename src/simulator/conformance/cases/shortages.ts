import type { Group } from '../case.ts';

export const shortages: Group = {
  name: 'shortages',
  cases: [
    {
      name: 'a create that asks too much creates nothing and says what could be added',
      run: async (ray) => {
        await ray.save('team', { '4c8g': 9 }, '0');
        await ray.list();
      },
    },
    {
      name: 'the suggestion lists the templates that suffice, and those of zero',
      run: async (ray) => {
        await ray.save('team', { '4c8g': 9, '8c16g': 1, my_node_type: 0, nope: 0 }, '0');
      },
    },
    {
      name: 'several short templates are suggested together',
      run: async (ray) => {
        await ray.save('team', { '4c8g': 9, '8c16g': 9, my_node_type: 9, nope: 3 }, '0');
      },
    },
    {
      name: 'a template that the fleet has not can be added zero times',
      run: async (ray) => {
        await ray.save('team', { nope: 1 }, '0');
      },
    },
    {
      name: 'what is suggested is how many more, not how many',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 1, '8c16g': 1 });
        await ray.save('team', { '4c8g': 9, '8c16g': 9 }, revision);
      },
    },
    {
      name: 'a template that stays as it is, beside a short one',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 1, '8c16g': 1 });
        await ray.save('team', { '4c8g': 9, '8c16g': 1 }, revision);
      },
    },
    {
      name: 'a template that can grow, beside a short one',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 1, '8c16g': 1 });
        await ray.save('team', { '4c8g': 9, '8c16g': 2 }, revision);
      },
    },
    {
      name: 'a template that shrinks, beside a short one, is no part of the suggestion and does not shrink',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 1, '8c16g': 2 });
        const before = await ray.members('team');
        await ray.save('team', { '4c8g': 9, '8c16g': 1 }, revision);
        const after = await ray.members('team');
        ray.recordObservation('members that stayed', after.filter((id) => before.includes(id)).length);
        await ray.list();
      },
    },
    {
      name: 'nodes of other virtual clusters are not to be had',
      run: async (ray) => {
        await ray.create('other', { '4c8g': 3 });
        await ray.save('team', { '4c8g': 1 }, '0');
        await ray.remove('other');
        await ray.save('team', { '4c8g': 1 }, '0');
      },
    },
    {
      name: 'exactly the free nodes can be had',
      run: async (ray) => {
        await ray.save('all', { '4c8g': 3, '8c16g': 3, my_node_type: 2 }, '0');
        await ray.save('team', { '4c8g': 1, '8c16g': 1, my_node_type: 1 }, '0');
      },
    },
    {
      name: 'the request that a suggestion makes goes through',
      run: async (ray) => {
        const revision = await ray.create('team', { '4c8g': 1 });
        await ray.save('team', { '4c8g': 9 }, revision);
        await ray.save('team', { '4c8g': 3 }, revision);
      },
    },
    {
      name: 'a divisible virtual cluster gets the same suggestions',
      run: async (ray) => {
        const revision = await ray.create('shared', { '4c8g': 1 }, true);
        await ray.save('shared', { '4c8g': 9 }, revision, true);
      },
    },
  ],
};
