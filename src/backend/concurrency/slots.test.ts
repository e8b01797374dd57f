import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

test('nobody has more than their share, all together no more than there are, and each is given back once', () => {
  const slots = createSlots({ perOwner: 2, inAll: 3 });
  const first = slots.take('a');
  expect([typeof first, typeof slots.take('a'), slots.take('a')]).toEqual(['function', 'function', 'owner']);
  expect([typeof slots.take('b'), slots.take('b'), slots.take('c')]).toEqual(['function', 'all', 'all']);
  if (typeof first !== 'function') throw new Error('none taken');
  first();
  first();
  expect([typeof slots.take('c'), slots.take('a')]).toEqual(['function', 'all']);
});
