import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { changeTokens, type StoredToken } from './token-file.ts';
import { createTokenGrants } from './token-grants.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-grants-'));
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
