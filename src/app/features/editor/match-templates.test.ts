import { expect, test } from 'vitest';
import { matchTemplates } from './match-templates.ts';

const known = ['gpu_a100_8', '4c8g', 'gpu_a10', '16c64g', '64c'];

test.each([
  ['gpu', ['gpu_a10', 'gpu_a100_8']],
  ['GPU_A10', ['gpu_a10', 'gpu_a100_8']],
  ['64c', ['64c']],
  ['64', ['64c', '16c64g']],
  [' a10 ', ['gpu_a10', 'gpu_a100_8']],
  ['h100', []],
  ['', ['4c8g', '16c64g', '64c', 'gpu_a10', 'gpu_a100_8']],
])('“%s” may mean %j', (typed, matches) => {
  expect(matchTemplates(typed, known)).toEqual(matches);
});
