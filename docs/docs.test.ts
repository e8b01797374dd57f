import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import packageJson from '../package.json' with { type: 'json' };
import { commands } from '../src/server/cli/commands.ts';
import { HELP } from '../src/server/cli/help.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const documents = [
  '.github/pull_request_template.md',
  ...readdirSync(root),
  ...readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));

test.each(documents)('every npm script that %s names is there', (path) => {
  const scripts = [...read(path).matchAll(/npm (?:run (?:--silent )?([\w:-]*\w)|(start|test)\b)/g)].map(
    ([, run, short]) => run ?? short,
  );
  expect(scripts.filter((name) => name !== undefined && !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
});

test.each(documents)('every file and folder that %s names is there', (path) => {
  const linked = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) =>
    join(dirname(path), target ?? ''),
  );
  const named = [...read(path).matchAll(/`((?:src|docs|e2e|deploy|bench|\.ci|\.github)(?:\/[\w.-]+)*)`/g)].map(
    ([, target]) => target ?? '',
  );
  expect([...linked, ...named].filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

test.each(documents)('every section that %s links to is there', (path) => {
  const linked = [...read(path).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)].map(
    ([, target = '', section = '']) => ({
      file: target === '' ? path : join(dirname(path), target),
      section: decodeURIComponent(section),
    }),
  );
  expect(linked.filter(({ file, section }) => !sectionsOf(file).includes(section))).toEqual([]);
});

/** The sections of a document, as links name them: by their titles, or by an anchor of their own. */
function sectionsOf(path: string): readonly string[] {
  const text = read(path);
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...titles, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, anchor = '']) => anchor)];
}

test('every file that the architecture names, however short, is in src', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((path) => `/src/${path}`);
  const named = [...read('docs/architecture.md').matchAll(/[\w./-]+\.tsx?\b/g)].map(([path]) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !files.some((file) => file.endsWith(`/${path}`)))).toEqual([]);
});

test.each(['README.md', 'README.zh-CN.md', 'docs/fleet-file.md'])('every option that %s names is there', (path) => {
  const options = (text: string) => [...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option);
  const known = new Set([...options(HELP), '--help']);
  const text = read(path).replaceAll(/^npm .*$/gm, '');
  expect(options(text).filter((option) => !known.has(option))).toEqual([]);
});

test('every mark of the comparison leads to a source, and every claim about another tool has one', () => {
  const comparison = read('docs/compare.md');
  const marks = (text: string) => new Set([...text.matchAll(/\[([A-Z]\d)\](?!:)/g)].map(([, mark]) => mark));
  const sources = [...comparison.matchAll(/^\[([A-Z]\d)\]: https:\/\/\S+$/gm)].map(([, mark]) => mark);
  expect(marks(comparison.split('## Sources')[0] ?? '')).toEqual(new Set(sources));
  const cells = [...comparison.matchAll(/^\|.+\|$/gm)]
    .map(([row]) => row.split('|').slice(3, -1))
    .filter((row) => row.length === 7 && !row[0]?.includes('Ant Ray') && !row[0]?.startsWith('-'))
    .flat();
  expect(cells.length).toBeGreaterThan(130);
  expect(cells.filter((cell) => !/\[[A-Z]\d\]|\bno\b|not found/.test(cell))).toEqual([]);
});

test('the README has a row for each command, in the words of help', () => {
  for (const { usage, summary } of Object.values(commands))
    expect(readme).toContain(`| ${usage.map((line) => `\`${line}\``).join(', ')} | ${summary} |`);
});

test('operation.md lists the metrics that there are, and no others', () => {
  const operation = read('docs/operation.md');
  const made = [
    ...['console-metrics', 'ray-metrics', 'cluster-metrics']
      .map((name) => read(`src/server/observability/${name}.ts`))
      .join('\n')
      .matchAll(/(?:metrics\.(?:counter|gauge|summary)|perTemplate)\(\s*'(\w+)'/g),
  ].map(([, name]) => name ?? '');
  expect(made.length).toBeGreaterThan(15);
  const told = [
    ...operation.matchAll(/`((?:vcc|process|nodejs|virtual_cluster)_\w+?)(?:_\{sum,count\})?(?:\{\w+(?:,\w+)*\})?`/g),
  ].map(([, name]) => name ?? '');
  expect(new Set(told)).toEqual(new Set(made));
});

test('operation.md lists the events that are logged, and no others', () => {
  const sources = readdirSync(join(root, 'src/server'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const logged = sources.flatMap((name) =>
    [...read(`src/server/${name}`).matchAll(/\blog\((?:'\w+'|level), '([\w-]+)'/g)].map(([, event]) => event ?? ''),
  );
  const [, table = ''] = /## Logs\n([\s\S]*?)\n## /.exec(read('docs/operation.md')) ?? [];
  const told = table
    .split('\n')
    .flatMap((line) =>
      [...(/^\| (`[^|]+) \|/.exec(line)?.[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, event]) => event ?? ''),
    );
  expect(new Set(told)).toEqual(new Set(logged));
});

test('the Chinese README has the commands of the English one', () => {
  const commands = (text: string) => [...text.matchAll(/```sh\n([^`]+)```/g)].map(([, command]) => command);
  const chinese = commands(read('README.zh-CN.md'));
  expect(chinese.length).toBeGreaterThan(2);
  expect(commands(readme)).toEqual(expect.arrayContaining(chinese));
});

test('continuous integration calls the test command of the README', () => {
  const command = 'npm ci && npm test';
  expect(readme).toContain(`\n${command}\n`);
  expect(read('.ci/run')).toContain(`\n${command}\n`);
});

test('continuous integration runs .ci/run on every Node that is supported, and may only read', () => {
  const workflow = z
    .object({
      permissions: z.record(z.string(), z.string()),
      jobs: z.object({
        test: z.object({
          strategy: z.object({ matrix: z.object({ node: z.array(z.int()) }) }),
          steps: z.array(z.object({ run: z.optional(z.string()), uses: z.optional(z.string()) })),
        }),
      }),
    })
    .parse(parse(read('.github/workflows/ci.yml')));
  const { strategy, steps } = workflow.jobs.test;
  const versions = strategy.matrix.node;
  expect(versions).toEqual([20, 22, 24]);
  expect(packageJson.engines.node).toMatch(new RegExp(`^>=${String(Math.min(...versions))}\\.`));
  expect(readme).toContain(`Node ${packageJson.engines.node.replace('>=', '')} or newer`);
  expect(versions).toContain(Number(read('.nvmrc')));
  expect(steps.map(({ run }) => run)).toContain('.ci/run');
  for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@v\d+$/);
  expect(workflow.permissions).toEqual({ contents: 'read' });
});

test('every environment variable that CONTRIBUTING.md names is read by the code', () => {
  const named = [...read('CONTRIBUTING.md').matchAll(/(?:^|`)([A-Z][A-Z_]+)(?=[=`])/gm)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(5);
  const sources = ['.', 'src', 'e2e', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => read(join(folder, name))),
  );
  const isRead = (name: string) => sources.some((source) => source.includes(`env['${name}']`));
  expect(named.filter((name) => !isRead(name))).toEqual([]);
});

test('every lint rule that is off says why', () => {
  const lines = read('.oxlintrc.json').split('\n');
  const off = lines.flatMap((line, at) =>
    /: "off"/.test(line) ? [{ rule: line.trim(), why: lines[at - 1] ?? '' }] : [],
  );
  expect(off.length).toBeGreaterThan(5);
  expect(off.filter(({ why }) => !/^ *\/\/ \S/.test(why))).toEqual([]);
});

test('the Ant Ray that the README names is the one that the tests install', () => {
  const version = /^version=(\S+)$/m.exec(read('src/simulator/conformance/test-ray.sh'))?.[1] ?? '';
  expect(readme).toContain(`ant-ray[default]==${version}`);
});
