import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { HELP } from '../src/server/help.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const documents = ['README.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/security.md'];

test.each(documents)('every npm script that %s names is there', (path) => {
  const scripts = [...read(path).matchAll(/npm (?:run (\S+?)|(start|test))(?=[`\s:,.)])/g)].map(([, run, short]) => run ?? short);
  expect(scripts.filter((name) => name !== undefined && !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
});

test.each(documents)('every file and folder that %s names is there', (path) => {
  const folder = path.startsWith('docs/') ? 'docs' : '.';
  const linked = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => join(folder, target ?? ''));
  const named = [...read(path).matchAll(/`((?:src|docs|e2e|\.ci)(?:\/[\w.-]+)*)`/g)].map(([, target]) => target ?? '');
  expect([...linked, ...named].filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

test('files named short in the architecture are there', () => {
  const short = [...read('docs/architecture.md').matchAll(/`((?:app|backend|domain|ray|simulator|server)\/[\w./-]+\.tsx?)`/g)];
  expect(short.length).toBeGreaterThan(5);
  expect(short.map(([, path]) => path ?? '').filter((path) => !existsSync(join(root, 'src', path)))).toEqual([]);
});

test('the README lists the options that there are, and no others', () => {
  const options = (text: string) => [...new Set([...text.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option))];
  const told = options(HELP).filter((option) => option !== '--help' && option !== '--version');
  expect(options(readme).sort()).toEqual(told.sort());
});

test('continuous integration calls the test command of the README', () => {
  const command = 'npm ci && npm test';
  expect(readme).toContain(`\n${command}\n`);
  expect(read('.ci/run')).toContain(`\n${command}\n`);
});

test('the Ant Ray that the README names is the one that the tests install', () => {
  const version = /^version=(\S+)$/m.exec(read('src/simulator/conformance/test-ray.sh'))?.[1] ?? '';
  expect(readme).toContain(`ant-ray[default]==${version}`);
});
