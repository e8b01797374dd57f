import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { storeLink, redeemLink } from './link-folder.ts';
import { readPrivateFile, withFileLocked, writePrivateFile } from './private-file.ts';
import { changeTokens, readTokens } from './token-file.ts';
import { createTokenLookup } from './token-lookup.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-own-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;

test('what was written is read, also by a group that was given it afterwards', () => {
  const file = join(folder, 'new', 'x');
  writePrivateFile(file, 'text');
  expect([readPrivateFile(file), statSync(file).mode & 0o777]).toEqual(['text', 0o600]);
  chmodSync(file, 0o660);
  expect(readPrivateFile(file)).toBe('text');
});

test('a file is locked for one at a time, until it is done or fails', () => {
  const file = join(folder, 'new', 'x');
  const tried: string[] = [];
  const result = withFileLocked(file, () => {
    expect(() => withFileLocked(file, () => tried.push('other'), { ms: 1, between: 1 })).toThrow(`remove ${file}.lock`);
    return 'done';
  });
  expect([result, tried]).toEqual(['done', []]);
  expect(() =>
    withFileLocked(file, () => {
      throw new Error('failed');
    }),
  ).toThrow('failed');
  expect(withFileLocked(file, () => existsSync(`${file}.lock`))).toBe(true);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test('a lock that a killed command left behind is no one else’s', () => {
  const file = join(folder, 'x');
  writeFileSync(`${file}.lock`, '');
  const longAgo = Date.now() / 1_000 - 60;
  utimesSync(`${file}.lock`, longAgo, longAgo);
  expect(withFileLocked(file, () => 'done', { ms: 0, between: 1 })).toBe('done');
});

test('what everybody may write lets nobody in', () => {
  const tokens = join(folder, 'x.tokens.json');
  const links = join(folder, 'x.links');
  const clock = createHandClock();
  changeTokens(tokens, () => [
    { name: 'eve', role: 'operator', clusters: null, hash: 'h', createdAt: 0, endsAt: null },
  ]);
  storeLink(links, 'h', { name: 'eve', grant: { role: 'operator', clusters: null } }, clock);
  for (const file of [tokens, join(links, 'h.json')]) chmodSync(file, 0o666);
  expect([createTokenLookup({ file: tokens, clock })('h'), redeemLink(links, 'h', clock)]).toEqual([null, null]);
  for (const file of [tokens, join(links, 'h.json')]) chmodSync(file, 0o600);
  expect([createTokenLookup({ file: tokens, clock })('h'), redeemLink(links, 'h', clock)]).toMatchObject([
    { name: 'eve' },
    { name: 'eve' },
  ]);
});

test.runIf(isRoot)('nor what another user wrote, under its own name or behind a link', () => {
  const file = join(folder, 'theirs');
  writePrivateFile(file, 'text');
  chownSync(file, 65_534, 65_534);
  symlinkSync(file, join(folder, 'link'));
  expect(() => readPrivateFile(file)).toThrow(/another user's/);
  expect(() => readPrivateFile(join(folder, 'link'))).toThrow(/symbolic link/);
});

test('a symbolic link lets nobody in, wherever it leads', () => {
  const clock = createHandClock();
  const eve = { name: 'eve', grant: { role: 'operator', clusters: null } } as const;
  const own = join(folder, 'own');
  changeTokens(join(own, 'tokens'), () => [{ ...eve.grant, name: 'eve', hash: 'h', createdAt: 0, endsAt: null }]);
  storeLink(join(own, 'links'), 'h', eve, clock);
  const [tokens, links, linked] = ['x.tokens.json', 'x.links', 'y.links'].map((name) => join(folder, name));
  symlinkSync(join(own, 'tokens'), tokens ?? '');
  symlinkSync(join(own, 'links'), links ?? '');
  mkdirSync(linked ?? '');
  symlinkSync(join(own, 'links', 'h.json'), join(linked ?? '', 'h.json'));
  expect(() => readTokens(tokens ?? '')).toThrow(/symbolic link, which is not followed/);
  expect(createTokenLookup({ file: tokens ?? '', clock })('h')).toBeNull();
  for (const place of [links, linked]) expect(redeemLink(place ?? '', 'h', clock)).toBeNull();
  expect(redeemLink(join(own, 'links'), 'h', clock)).toEqual(eve);
});

test('nothing is cleared away, or written, through a symbolic link', () => {
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'precious'), 'text');
  symlinkSync(other, join(folder, 'x.links'));
  const store = () =>
    storeLink(
      join(folder, 'x.links'),
      'h',
      { name: 'x', grant: { role: 'viewer', clusters: null } },
      createHandClock(),
    );
  expect(store).toThrow(/symbolic link/);
  expect(readdirSync(other)).toEqual(['precious']);
  // A file is replaced, not written through.
  symlinkSync(join(other, 'precious'), join(folder, 'x.tokens.json'));
  writePrivateFile(join(folder, 'x.tokens.json'), 'new');
  expect(readFileSync(join(other, 'precious'), 'utf8')).toBe('text');
});
