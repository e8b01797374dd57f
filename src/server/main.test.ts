import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const running: ChildProcessWithoutNullStreams[] = [];
let folder = '';

/** The server as it is shipped: bundled, and run by Node alone. */
beforeAll(async () => {
  folder = await mkdtemp(join(root, 'node_modules', '.console-server-test-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { ssr: join(root, 'src', 'server', 'main.ts'), outDir: join(folder, 'server'), emptyOutDir: true, target: 'node20' },
  });
}, 60_000);

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
  /** Resolves with the address once it is printed. */
  readonly address: Promise<string>;
}

function start(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [join(folder, 'server', 'main.js'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  running.push(child);
  let out = '';
  let err = '';
  let found: (address: string) => void = () => undefined;
  const address = new Promise<string>((resolve) => (found = resolve));
  child.stdout.on('data', (part: Buffer) => {
    out += part.toString();
    const printed = /http:\/\/\S+/.exec(out)?.[0];
    if (printed !== undefined) found(printed);
  });
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, out: () => out, err: () => err, ended, address };
}

test('port 0: it prints the address that it has, and answers there', async () => {
  const run = start(['--port', '0']);
  const address = await run.address;
  expect(run.out()).toBe(`Virtual cluster console: ${address} (simulated Ant Ray)\n`);
  expect((await fetch(`${address}/api/session`)).status).toBe(200);
  const list = await (await fetch(`${address}/virtual_clusters`)).text();
  expect(list).toContain('"All virtual clusters fetched."');
}, 20_000);

test('SIGTERM ends it at once, open streams too', async () => {
  const run = start([], { PORT: '0' });
  const stream = await fetch(`${await run.address}/api/fleet/events`);
  const reader = stream.body?.getReader();
  await reader?.read();
  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(0);
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
  }
}, 20_000);

test('a taken port: one line on what to do, and exit code 1', async () => {
  const first = start(['--port', '0']);
  const { port } = new URL(await first.address);
  const second = start(['--port', port]);
  expect(await second.ended).toBe(1);
  expect(second.err()).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is taken`));
  expect(second.out()).toBe('');
}, 20_000);

test('wrong options: one line, and exit code 2', async () => {
  const run = start(['--prot', '1']);
  expect(await run.ended).toBe(2);
  expect(run.err().trimEnd().split('\n')).toHaveLength(1);
}, 20_000);

test('--version and --help say so and end', async () => {
  const version = start(['--version']);
  expect(await version.ended).toBe(0);
  expect(version.out()).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = start(['--help']);
  expect(await help.ended).toBe(0);
  expect(help.out()).toContain('--ray-address');
}, 20_000);

test('an address that others can reach, without TLS: one line on what to do, and exit code 2', async () => {
  const run = start(['--port', '0', '--host', '0.0.0.0']);
  expect(await run.ended).toBe(2);
  expect(run.err()).toMatch(/^Others can reach 0\.0\.0\.0, .*--tls-cert.*--trusted-proxy.*\n$/);
}, 20_000);

test('a second console on the same journal: one line on what to do, and exit code 2', async () => {
  const data = join(folder, 'data');
  const first = start(['--port', '0', '--data-dir', data]);
  await first.address;
  const second = start(['--port', '0', '--data-dir', data]);
  expect(await second.ended).toBe(2);
  expect(second.err()).toBe(
    `Another console has the journal ${join(data, 'simulator.sqlite')} open. Stop that one, or give this one another folder: --data-dir <path>.\n`,
  );
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(await readdir(data)).toEqual(['simulator.sqlite']);
}, 30_000);

test('a folder that can not be made: one line on what to do, and exit code 2', async () => {
  await writeFile(join(folder, 'a-file'), '');
  const run = start(['--port', '0', '--data-dir', join(folder, 'a-file')]);
  expect(await run.ended).toBe(2);
  expect(run.err()).toMatch(/^The journal can't be written in .*--data-dir <path>\.\n$/);
}, 20_000);
