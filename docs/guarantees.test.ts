import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const guarantees = readFileSync(join(import.meta.dirname, 'guarantees.md'), 'utf8');
const named = [...guarantees.matchAll(/`([\w./-]+\.(?:test|spec)\.tsx?)` › “([^”]+)”/g)].map(([, file, name]) => ({
  file: file ?? '',
  name: name ?? '',
}));

/** The names of the tests in a file, and of their steps, as its source has them. */
function testsIn(file: string): readonly string[] {
  const path = join(root, file);
  if (!existsSync(path)) return [];
  const source = readFileSync(path, 'utf8');
  const names =
    /\btest(?:\.step|\.each(?:<[^(]*>)?\([^)]*\))?\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g;
  return [...source.matchAll(names)].map(([, one, two, three]) =>
    (one ?? two ?? three ?? '').replaceAll(/\\(['"])/g, '$1'),
  );
}

test('every test that a guarantee names is there, under that name', () => {
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter(({ file, name }) => !testsIn(file).includes(name))).toEqual([]);
});

test('every guarantee names a test', () => {
  const [, promises = ''] = /## Guarantees\n([\s\S]*?)\n## /.exec(guarantees) ?? [];
  const lines = promises.split('\n').filter((line) => line.startsWith('- '));
  expect(lines.length).toBeGreaterThan(25);
  expect(lines.filter((line) => !line.includes('` › “'))).toEqual([]);
});
