import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { HELP } from '../src/server/help.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const documents = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

test.each(documents)('every npm script that %s names is there', (path) => {
  const scripts = [...read(path).matchAll(/npm (?:run (\S+?)|(start|test))(?=[`\s:,.)])/g)].map(
    ([, run, short]) => run ?? short,
  );
  expect(scripts.filter((name) => name !== undefined && !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
});

test.each(documents)('every file and folder that %s names is there', (path) => {
  const folder = path.startsWith('docs/') ? 'docs' : '.';
  const linked = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => join(folder, target ?? ''));
  const named = [...read(path).matchAll(/`((?:src|docs|e2e|deploy|bench|\.ci)(?:\/[\w.-]+)*)`/g)].map(
    ([, target]) => target ?? '',
  );
  expect([...linked, ...named].filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

test('files named short in the architecture are there', () => {
  const short = [
    ...read('docs/architecture.md').matchAll(
      /`((?:app|backend|contract|domain|ray|simulator|server)\/[\w./-]+\.tsx?)`/g,
    ),
  ];
  expect(short.length).toBeGreaterThan(5);
  expect(short.map(([, path]) => path ?? '').filter((path) => !existsSync(join(root, 'src', path)))).toEqual([]);
});

test('the README lists the options that there are, and no others', () => {
  const options = (text: string) => [...new Set([...text.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option))];
  const told = options(HELP).filter((option) => option !== '--help' && option !== '--version');
  expect(options(readme).sort()).toEqual(told.sort());
});

test('the README says of each option what help says that it is without: its variable, and its default where that is a number', () => {
  const helped = [...HELP.matchAll(/^ {2}(--[a-z-]+)(?: <[^>]+>)?\s([\s\S]*?)(?=^ {2}--|^$)/gm)];
  expect(helped.length).toBeGreaterThan(20);
  for (const [, option = '', said = ''] of helped.filter(
    ([, name]) => readme.includes(`| \`${name ?? ''}`) || readme.includes(`, \`${name ?? ''}`),
  )) {
    const row = readme.split('\n').find((line) => line.startsWith('| `--') && line.includes(`\`${option}`)) ?? '';
    const [, number] = /\bdefault (\d+)/.exec(said) ?? [];
    const [, variable] = /\(([A-Z_]{2,});/.exec(said) ?? [];
    // That of the simulated fleet is nobody's concern.
    if (number !== undefined && option !== '--seed')
      expect([option, row]).toEqual([option, expect.stringMatching(new RegExp(`\\b${number}\\b`))]);
    if (variable !== undefined) expect([option, row]).toEqual([option, expect.stringContaining(`\`${variable}\``)]);
  }
});

test('operation.md lists the metrics that there are, and no others', () => {
  const operation = read('docs/operation.md');
  const made = [
    ...read('src/server/console-metrics.ts').matchAll(/metrics\.(?:counter|gauge|summary)\(\s*'(\w+)'/g),
  ].map(([, name]) => name ?? '');
  expect(made.length).toBeGreaterThan(15);
  const told = [...operation.matchAll(/`((?:vcc|process|nodejs)_\w+?)(?:_\{sum,count\})?(?:\{\w+(?:,\w+)*\})?`/g)].map(
    ([, name]) => name ?? '',
  );
  expect(new Set(told)).toEqual(new Set(made));
});

test('operation.md lists the events that are logged, and no others', () => {
  const sources = readdirSync(join(root, 'src/server')).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const logged = sources.flatMap((name) =>
    [...read(`src/server/${name}`).matchAll(/\blog\((?:'\w+'|level), '([\w-]+)'/g)].map(([, event]) => event ?? ''),
  );
  const [, table = ''] = /## The log\n([\s\S]*?)\n## /.exec(read('docs/operation.md')) ?? [];
  const told = table
    .split('\n')
    .flatMap((line) =>
      [...(/^\| (`[^|]+) \|/.exec(line)?.[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, event]) => event ?? ''),
    );
  expect(new Set(told)).toEqual(new Set(logged));
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
