import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseConsoleFile } from './console-file.ts';
import { consoleFile } from './console-file-schema.ts';
import { parseOptions } from './options.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const lab = 'rays:\n  lab:\n    url: simulator\n';

test('the published JSON Schema is this one; `npx vitest run src/server/cli --update` writes it again', async () => {
  const schema = { title: 'A console of several Rays', ...z.toJSONSchema(consoleFile, { io: 'input' }) };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    join(root, 'docs', 'console-file.schema.json'),
  );
});

test('the example in deploy starts, with paths from its folder', () => {
  const parsed = parseOptions(['--config', join(root, 'deploy', 'console.yaml')], {});
  expect(parsed).toMatchObject({
    kind: 'start',
    options: {
      host: '0.0.0.0',
      rays: [
        {
          name: 'prod',
          address: 'https://ray-prod.example:8265',
          ca: join(root, 'deploy', 'prod-ca.pem'),
          tokenFile: join(root, 'deploy', 'prod.token'),
          dashboardUrl: 'https://ray.example/prod',
        },
        { name: 'lab', address: 'http://ray-lab.example:8265', ca: null, tokenFile: null },
      ],
      access: { signIn: { kind: 'proxy' } },
      observability: { metricsPort: 9600 },
    },
  });
});

describe('a wrong file is told with line and column', () => {
  test.each([
    [
      'an unknown key of a Ray',
      'rays:\n  prod:\n    url: simulator\n    tokn-file: x\n',
      /^4:5: Nothing is named "tokn-file"/,
    ],
    ['an unknown option', `${lab}prot: 1\n`, /^4:1: Nothing is named "prot"/],
    ['what is of one Ray', `${lab}ray-ca: x\n`, /^4:1: Nothing is named "ray-ca"/],
    ['a Ray without an address', 'rays:\n  prod:\n    ca: x\n', /^\d:\d+: "url" is missing/],
    ['a bad name', 'rays:\n  Prod:\n    url: simulator\n', /^2:3: A Ray's name .* not "Prod"/],
    ['a name that stands twice', `${lab}  lab:\n    url: simulator\n`, /^4:3: "lab" stands here twice/],
    ['a bad address', 'rays:\n  prod:\n    url: ray://x\n', /^2:3: prod: The Ray address/],
    ['a value of another type', `${lab}read-only: maybe\n`, /^4:12: "read-only": must be true or false/],
    ['a text for a list', `${lab}allowed-host: x\n`, /^4:15: "allowed-host": must be a list/],
    ['no Ray', 'rays: {}\n', /^1:1: Name at least one Ray/],
    ['an empty file', '', /^1:1: /],
    ['a tab', 'rays:\n\tlab:\n\t\turl: simulator\n', /^2:1: Tabs/],
    ['an option that stands twice', `${lab}port: 1\nport: 2\n`, /^5:1: "port" stands here twice/],
    [
      'an address that stands twice',
      'rays:\n  a:\n    url: simulator\n    url: simulator\n',
      /^4:5: "url" stands here twice/,
    ],
    ['a list of Rays', 'rays:\n  - lab\n', /^2:3: "rays": must be a map of names and Rays/],
    ['a name that no object may have', 'rays:\n  __proto__:\n    url: simulator\n', /^2:3: A Ray's name/],
    ['an alias', 'rays:\n  a: &x\n    url: simulator\n  b: *x\n', /Anchors/],
    [
      'a token for the simulator',
      'rays:\n  lab:\n    url: simulator\n    token-file: x\n',
      /^2:3: lab: the simulator has/,
    ],
  ])('%s', (_, text, message) => {
    expect(parseConsoleFile(text, '/etc')).toMatch(message);
  });
});

test('the command line wins over the file, and the file over the environment; Rays of both count', () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-file-'));
  const file = join(folder, 'console.yaml');
  writeFileSync(file, `${lab}port: 9001\nread-only: true\nlog-level: warn\n`);
  const parsed = parseOptions(['--config', file, '--port', '9002', '--ray', 'two=simulator'], { PORT: '9000' });
  expect(parsed).toMatchObject({
    options: {
      port: 9002,
      readOnly: true,
      observability: { logLevel: 'warn' },
      rays: [{ name: 'lab' }, { name: 'two' }],
    },
  });
  expect(parseOptions(['--config', file], { PORT: '9000' })).toMatchObject({ options: { port: 9001 } });
  rmSync(folder, { recursive: true });
  expect(parseOptions(['--config', file], {})).toMatchObject({ kind: 'wrong', message: expect.stringContaining(file) });
});

describe('several Rays on the command line', () => {
  const wrong = (args: readonly string[], env: Record<string, string> = {}) => {
    const parsed = parseOptions(args, env);
    return parsed.kind === 'wrong' ? parsed.message : parsed.kind;
  };
  test.each([
    [
      'with the address of one',
      ['--ray', 'a=simulator', '--ray-address', 'http://x:1'],
      {},
      '--ray-address is for a console of one Ray',
    ],
    [
      'with one in the environment',
      ['--ray', 'a=simulator'],
      { RAY_ADDRESS: 'http://x:1' },
      'RAY_ADDRESS is for a console of one Ray',
    ],
    [
      'with a token that could go to all of them',
      ['--ray', 'a=simulator'],
      { RAY_AUTH_TOKEN: 't' },
      'give each Ray its token-file',
    ],
    ['of one name', ['--ray', 'a=simulator', '--ray', 'a=http://x:1'], {}, 'Two Rays are named a.'],
    ['of one address', ['--ray', 'a=http://x:1', '--ray', 'b=http://x:1/'], {}, 'a and b are the same Ray'],
    ['of a bad name', ['--ray', 'A/b=simulator'], {}, 'not "A/b"'],
    [
      'of one address in other letters',
      ['--ray', 'a=http://X:80', '--ray', 'b=HTTP://x/'],
      {},
      'a and b are the same Ray',
    ],
    ['of one address below a path', ['--ray', 'a=http://x:1/p', '--ray', 'b=http://x:1/p/'], {}, 'are the same Ray'],
    ['without a name', ['--ray', 'simulator'], {}, '--ray must be a name and an address'],
    ['of a bad address', ['--ray', 'a=localhost:6379'], {}, 'a: The Ray address'],
    ['with a scenario and no simulator', ['--ray', 'a=http://x:1', '--scenario', 'x'], {}, 'are for the simulator'],
  ])('%s: no', (_, args, env, message) => {
    expect(wrong(args, env)).toContain(message);
  });

  test.each([
    '',
    'Prod',
    'prød',
    '生产',
    '..',
    '.',
    'a/b',
    '%2f',
    'a b',
    'a'.repeat(200),
    'a\n',
    '__proto__',
    'a:b',
    '*',
  ])('named %j: no, in one line', (name) => {
    const message = wrong(['--ray', `${name}=simulator`]);
    expect(message).toContain("A Ray's name has");
    expect(message.length).toBeLessThan(160);
    expect(message).not.toContain('\n');
  });

  test('a real one among them asks people to sign in; simulators alone do not', () => {
    expect(parseOptions(['--ray', 'a=simulator'], {})).toMatchObject({
      options: { access: { signIn: { kind: 'none' } } },
    });
    expect(parseOptions(['--ray', 'a=simulator', '--ray', 'b=http://x:1'], {})).toMatchObject({
      options: { access: { signIn: { kind: 'link' } } },
    });
  });
});
