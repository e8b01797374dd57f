import { expect, test } from 'vitest';
import { ReplyCache } from './reply-cache.ts';
import { jsonReply } from './reply.ts';

const textOf = (reply: { readonly parts: Iterable<string> }) => [...reply.parts].join('');

test('a reply is kept by its key; the read that finds it expired still gets it (fact 4)', () => {
  const cache = new ReplyCache(10_000);
  let count = 0;
  const read = (key: string, now: number) =>
    textOf(
      cache.getOrCreate(key, now, () => {
        count += 1;
        return jsonReply(200, String(count));
      }),
    );
  expect([read('a', 0), read('a', 10_000), read('b', 10_000)]).toEqual(['1', '1', '2']);
  expect([read('a', 10_001), read('a', 10_002), read('a', 20_001), read('a', 20_002)]).toEqual(['1', '3', '3', '3']);
});

test('it keeps 128 replies and lets go of the one that was not asked for the longest', () => {
  const cache = new ReplyCache(10_000);
  const make = (text: string) => () => jsonReply(200, text);
  for (let index = 0; index < 128; index += 1) cache.getOrCreate(String(index), 0, make('old'));
  cache.getOrCreate('0', 1, make('new'));
  cache.getOrCreate('128', 1, make('old'));
  expect(textOf(cache.getOrCreate('0', 2, make('new')))).toBe('old');
  expect(textOf(cache.getOrCreate('2', 2, make('new')))).toBe('old');
  expect(textOf(cache.getOrCreate('1', 2, make('new')))).toBe('new');
});
