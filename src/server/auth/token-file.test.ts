import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeTokens, readTokens, type StoredToken } from './token-file.ts';

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

test('what is written is read again, and is its owner’s alone', () => {
  const file = join(folder, 'new', 'x.tokens.json');
  expect(readTokens(file)).toEqual([]);
  changeTokens(file, () => [ci]);
  expect(readTokens(file)).toEqual([ci]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a file that is no list of tokens is an error', () => {
  const file = join(folder, 'x.tokens.json');
  writeFileSync(file, '{"tokens": [', { mode: 0o600 });
  expect(() => readTokens(file)).toThrow(SyntaxError);
});
