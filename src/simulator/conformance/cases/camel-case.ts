import type { Group } from '../case.ts';

const spellings = [
  'my_node_type',
  'a_bCd',
  'a_Bc',
  'a_b2c_d',
  'a_1b',
  '4c_8g',
  '_a',
  'a_',
  'a__b',
  '__',
  'ABC',
  'A_B',
  'aB',
  'a-b_c',
  'a_b-c',
  'a_b.c',
  'a b_c d',
  "x_it's",
  'a_3dBox',
  'ä_öü',
];

export const camelCase: Group = {
  name: 'camel-case',
  cases: [
    {
      name: 'a suggestion camel-cases the templates, node instances keep them',
      run: async (ray) => {
        await ray.save('team', { my_node_type: 9 }, '0');
        await ray.save('team', { my_node_type: 2 }, '0');
        await ray.list();
      },
    },
    {
      name: 'every part after an underscore is title-cased as Python does',
      run: async (ray) => {
        for (const template of spellings) await ray.save('team', { [template]: 99 }, '0');
      },
    },
    {
      name: 'two templates that become one key leave one number',
      run: async (ray) => {
        await ray.save('team', { a_b: 1, aB: 1 }, '0');
        await ray.save('team', { aB: 1, a_b: 1 }, '0');
      },
    },
  ],
};
