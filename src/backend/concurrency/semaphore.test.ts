import { expect, test } from 'vitest';
import { createSemaphore } from './semaphore.ts';

test('nobody has more than their share, all together no more than there are, and each is given back once', () => {
  const semaphore = createSemaphore({ perPerson: 2, inAll: 3 });
  const first = semaphore.take('a');
  expect([typeof first, typeof semaphore.take('a'), semaphore.take('a')]).toEqual(['function', 'function', 'person']);
  expect([typeof semaphore.take('b'), semaphore.take('b'), semaphore.take('c')]).toEqual(['function', 'all', 'all']);
  if (typeof first !== 'function') throw new Error('none taken');
  first();
  first();
  expect([typeof semaphore.take('c'), semaphore.take('a')]).toEqual(['function', 'all']);
});
