import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { changeTokens, createTokenLookup, readTokens, type StoredToken } from './token-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-tokens-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ci: StoredToken = {
  name: 'ci',
  role: 'operator',
  clusters: ['team-a-*'],
  hash: 'h1',
  createdAt: 0,
  endsAt: null,
};
const known = { name: 'ci', grant: { role: 'operator', clusters: ['team-a-*'] } };

test('what is written is read again, and is its owner’s alone', () => {
  const file = join(folder, 'new', 'x.tokens.json');
  expect(readTokens(file)).toEqual([]);
  changeTokens(file, () => [ci]);
  expect(readTokens(file)).toEqual([ci]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a running console notices new tokens, and withdrawn ones', async () => {
  const file = join(folder, 'x.tokens.json');
  const clock = createHandClock();
  const find = createTokenLookup({ file, clock });
  expect(find('h1')).toBeNull();
  changeTokens(file, () => [ci]);
  await clock.advance(1_000);
  expect(find('h1')).toEqual(known);
  expect(find('h2')).toBeNull();
  changeTokens(file, () => []);
  await clock.advance(1_000);
  expect(find('h1')).toBeNull();
});

test('a token ends at its time', async () => {
  const file = join(folder, 'x.tokens.json');
  const clock = createHandClock();
  changeTokens(file, () => [{ ...ci, endsAt: clock.now() + 500 }]);
  const find = createTokenLookup({ file, clock });
  expect(find('h1')).toEqual(known);
  await clock.advance(500);
  expect(find('h1')).toBeNull();
});

test('a file that can not be read lets nobody in', async () => {
  const file = join(folder, 'x.tokens.json');
  const clock = createHandClock();
  changeTokens(file, () => [ci]);
  const find = createTokenLookup({ file, clock });
  expect(find('h1')).toEqual(known);
  writeFileSync(file, '{"tokens": [');
  await clock.advance(1_000);
  expect(find('h1')).toBeNull();
  expect(() => readTokens(file)).toThrow(SyntaxError);
});

test('a token counts again once its file can be read, though the file itself did not change', async () => {
  const clock = createHandClock();
  const file = join(folder, 'x.tokens.json');
  changeTokens(file, () => [ci]);
  chmodSync(file, 0o666);
  const find = createTokenLookup({ file, clock });
  expect(find('h1')).toBeNull();
  chmodSync(file, 0o600);
  await clock.advance(1_000);
  expect(find('h1')).toEqual(known);
});
