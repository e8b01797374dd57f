import { expect, test } from 'vitest';
import type { Amount } from './sources.ts';
import { nodeLoad } from './node-load.ts';
import { known, unknown } from './sourced.ts';

const amounts = { memory: null, objectStore: null };
const loadOf = (cpu: Amount | null, gpu: Amount | null = null) =>
  nodeLoad({ state: 'alive', usage: known({ cpu, gpu, ...amounts }, 'state') });

test('the load is the larger share of CPUs and GPUs in eighths, none and all only where it is so', () => {
  expect(loadOf({ used: 0, total: 32 })).toBe(0);
  expect(loadOf({ used: 0.01, total: 32 })).toBe(1);
  expect(loadOf({ used: 16, total: 32 })).toBe(4);
  expect(loadOf({ used: 31.9, total: 32 })).toBe(7);
  expect(loadOf({ used: 32, total: 32 })).toBe(8);
  expect(loadOf({ used: 0, total: 32 }, { used: 1, total: 2 })).toBe(4);
});

test('the load is not known, rather than none, where nothing tells it', () => {
  expect(loadOf(null)).toBeNull();
  expect(loadOf({ used: 0, total: 0 })).toBeNull();
  const usage = known({ cpu: { used: 1, total: 2 }, gpu: null, ...amounts }, 'state' as const);
  expect(nodeLoad({ state: 'dead', usage })).toBeNull();
  expect(nodeLoad({ state: 'alive', usage: unknown('failed', 'state') })).toBeNull();
});
