import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('one task a turn, in their order, also after one that failed', async () => {
  const log: string[] = [];
  const turns = createTurns(async () => void log.push('yield'));
  const tasks = ['a', 'b', 'c'].map((name) =>
    turns.run(async () => {
      log.push(name);
      if (name === 'b') throw new Error('failed');
      return name;
    }),
  );
  expect((await Promise.allSettled(tasks)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(log).toEqual(['yield', 'a', 'yield', 'b', 'yield', 'c']);
});
