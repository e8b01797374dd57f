import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { languages, languageTags } from '../contract/language.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = languageTags.map((language) => languages[language].page);
let folder = '';

/** A repository whose build only counts how often it ran. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-build-'));
  for (const name of ['scripts', 'src/contract/languages.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const name of [
    'package.json',
    'package-lock.json',
    ...pages,
    'vite.config.ts',
    'vite.languages.config.ts',
    'tsconfig.json',
    'public/a',
    'src/a.ts',
  ])
    write(name, name);
  write(
    'node_modules/vite/bin/vite.js',
    `const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
    appendFileSync('builds', 'x');
    for (const name of ${JSON.stringify([...pages.map((page) => `app/${page}`), 'server/main.js'])}) { mkdirSync('dist/' + name.split('/')[0], { recursive: true }); writeFileSync('dist/' + name, name); }`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** Whether a start builds. */
function builds(): boolean {
  write('builds', '');
  spawnSync(process.execPath, [join(folder, 'scripts', 'build.mjs'), '--if-changed'], { cwd: folder });
  return readFileSync(join(folder, 'builds'), 'utf8') !== '';
}

test('a start builds where a file has other content, and not where only its time is another', () => {
  expect([builds(), builds()]).toEqual([true, false]);
  utimesSync(join(folder, 'src/a.ts'), new Date(0), new Date(0));
  write('src/a.test.ts', 'a test is no part of it');
  expect(builds()).toBe(false);
  write('src/a.ts', 'changed');
  expect([builds(), builds()]).toEqual([true, false]);
  write('src/a.ts', 'src/a.ts');
  expect(builds()).toBe(true);
  rmSync(join(folder, 'src/a.ts'));
  expect(builds()).toBe(true);
});

test('what somebody else built into dist meanwhile is built again', () => {
  expect(builds()).toBe(true);
  write('dist/server/main.js', 'of another branch');
  expect(builds()).toBe(true);
  rmSync(join(folder, 'dist/app'), { recursive: true });
  expect(builds()).toBe(true);
}, 20_000);
