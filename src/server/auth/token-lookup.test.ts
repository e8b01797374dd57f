import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { changeTokens, type StoredToken } from './token-file.ts';
import { createTokenGrants, createTokenLookup } from './token-lookup.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-lookup-'));
  file = join(folder, 'tokens.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const ci: StoredToken = { name: 'ci', role: 'operator', clusters: ['team-a'], hash: 'x', createdAt: 0, endsAt: null };
const write = (...tokens: StoredToken[]) => changeTokens(file, () => tokens);

test('what a token may do follows its file within a second', async () => {
  const clock = createHandClock();
  const grant = createTokenGrants({ file, clock });
  expect(grant('ci')).toBeNull();
  write(ci);
  await clock.advance(1_000);
  expect(grant('ci')).toEqual({ role: 'operator', clusters: ['team-a'] });
  expect(grant('cd')).toBeNull();
  write({ ...ci, role: 'viewer', clusters: null });
  await clock.advance(1_000);
  expect(grant('ci')).toEqual({ role: 'viewer', clusters: null });
  write();
  await clock.advance(1_000);
  expect(grant('ci')).toBeNull();
});

test('one that has ended may nothing', async () => {
  const clock = createHandClock();
  const grant = createTokenGrants({ file, clock });
  write({ ...ci, endsAt: clock.now() + 5_000 });
  expect(grant('ci')).toEqual({ role: 'operator', clusters: ['team-a'] });
  await clock.advance(5_000);
  expect(grant('ci')).toBeNull();
});

test('while the file can not be trusted nothing is known, and afterwards it is again', async () => {
  const clock = createHandClock();
  const grant = createTokenGrants({ file, clock });
  write(ci);
  chmodSync(file, 0o666);
  expect(grant('ci')).toBe('unknown');
  chmodSync(file, 0o600);
  await clock.advance(1_000);
  expect(grant('ci')).toEqual({ role: 'operator', clusters: ['team-a'] });
});

const known = { name: 'ci', grant: { role: 'operator', clusters: ['team-a'] } };

test('a running console notices new tokens, and withdrawn ones', async () => {
  const clock = createHandClock();
  const find = createTokenLookup({ file, clock });
  expect(find('x')).toBeNull();
  write(ci);
  await clock.advance(1_000);
  expect(find('x')).toEqual(known);
  expect(find('y')).toBeNull();
  write();
  await clock.advance(1_000);
  expect(find('x')).toBeNull();
});

test('a token ends at its time', async () => {
  const clock = createHandClock();
  write({ ...ci, endsAt: clock.now() + 500 });
  const find = createTokenLookup({ file, clock });
  expect(find('x')).toEqual(known);
  await clock.advance(500);
  expect(find('x')).toBeNull();
});

test('a file that can not be read lets nobody in', async () => {
  const clock = createHandClock();
  write(ci);
  const find = createTokenLookup({ file, clock });
  expect(find('x')).toEqual(known);
  writeFileSync(file, '{"tokens": [');
  await clock.advance(1_000);
  expect(find('x')).toBeNull();
});

test('a token counts again once its file can be read, though the file itself did not change', async () => {
  const clock = createHandClock();
  write(ci);
  chmodSync(file, 0o666);
  const find = createTokenLookup({ file, clock });
  expect(find('x')).toBeNull();
  chmodSync(file, 0o600);
  await clock.advance(1_000);
  expect(find('x')).toEqual(known);
});

test('a file that others may write now lets nobody in', async () => {
  const clock = createHandClock();
  write(ci);
  const find = createTokenLookup({ file, clock });
  expect(find('x')).toEqual(known);
  chmodSync(file, 0o666);
  await clock.advance(1_000);
  expect(find('x')).toBeNull();
});
