import { expect, test } from 'vitest';
import { createFairQueue } from './fair-queue.ts';

function scripted() {
  const queue = createFairQueue({ atOnce: 1, perPerson: 3, inAll: 5 });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (person: string, name: string) =>
    queue.run(person, () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { run, end, begun };
}

test('who has many waiting holds up nobody else: each person has their turn', async () => {
  const { run, end, begun } = scripted();
  const first = run('a', 'a1');
  void run('a', 'a2');
  void run('a', 'a3');
  void run('b', 'b1');
  await end('');
  expect(begun).toEqual(['a1']);
  await end('a1');
  await end('a2');
  await end('b1');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  expect(await first).toBe('a1');
});

test('too many of one person are refused, and too many of all, until one has ended or failed', async () => {
  const { run, end } = scripted();
  for (const name of ['a1', 'a2', 'a3']) void run('a', name);
  expect(run('a', 'a4')).toBe('person');
  void run('b', 'b1');
  void run('c', 'c1');
  await end('');
  expect(run('d', 'd1')).toBe('all');
  await end('a1');
  expect(run('d', 'd1')).toBeInstanceOf(Promise);
  const failing = createFairQueue({ atOnce: 1, perPerson: 1, inAll: 1 });
  await expect(failing.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(failing.run('a', () => Promise.resolve(1))).toBeInstanceOf(Promise);
});
