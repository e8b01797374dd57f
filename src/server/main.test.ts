import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const running: ChildProcessWithoutNullStreams[] = [];
let folder = '';

/** Starts a console on a free port without a simulated past of usage, which takes half of the time. */
const simulated = ['--port', '0', '--usage-days', '0'];

/** The server as it is shipped: bundled, and run by Node alone. */
beforeAll(async () => {
  folder = await mkdtemp(join(root, 'node_modules', '.console-server-test-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'src', 'server', 'main.ts'),
      outDir: join(folder, 'server'),
      emptyOutDir: true,
      target: 'node20',
    },
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
}, 60_000);

test('SIGTERM ends it at once, open streams too', async () => {
  const run = start(['--usage-days', '0'], { PORT: '0' });
  const stream = await fetch(`${await run.address}/api/fleet/events`);
  const reader = stream.body?.getReader();
  await reader?.read();
  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(0);
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
  }
}, 60_000);

test('SIGTERM in the middle of a write: it is finished, answered and remembered first; nothing new is taken', async () => {
  const data = join(folder, 'stopped-while-writing');
  const run = start([...simulated, '--data-dir', data]);
  const address = await run.address;
  const json = { 'Content-Type': 'application/json', 'X-Virtual-Cluster-Console': '1' };
  await fetch(`${address}/simulator/faults`, {
    method: 'PUT',
    headers: json,
    body: JSON.stringify([{ method: 'POST', path: '/virtual_clusters', kind: 'delay', ms: 1_500 }]),
  });
  const id = '00000000-0000-4000-8000-000000000001';
  const wanted = { kind: 'save', clusterId: 'last', divisible: false, base: null, want: { '4c8g': 1 } };
  const answer = fetch(`${address}/api/changes/${id}`, { method: 'PUT', headers: json, body: JSON.stringify(wanted) });
  const open = async (): Promise<{ readonly total: number }> =>
    (await fetch(`${address}/api/changes?outcome=open`)).json();
  await expect.poll(async () => (await open()).total).toBe(1);
  run.child.kill('SIGTERM');
  const reply = await answer;
  expect([reply.status, await reply.json()]).toEqual([
    200,
    expect.objectContaining({ id, result: expect.objectContaining({ kind: 'applied' }) }),
  ]);
  expect(await run.ended).toBe(0);
  const lines = run
    .err()
    .trimEnd()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): { readonly event: string } => JSON.parse(line));
  expect(lines.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['listening', 'stopping', 'change', 'stopped']),
  );

  const next = start([...simulated, '--data-dir', data]);
  const known: { readonly result: { readonly kind: string } } = await (
    await fetch(`${await next.address}/api/changes/${id}`)
  ).json();
  expect(known.result.kind).toBe('applied');
}, 60_000);

test('SIGHUP, as a service is told to read its certificate again: it goes on where it has none', async () => {
  const run = start(simulated);
  const address = await run.address;
  await expect.poll(() => run.err()).toContain('"listening"');
  run.child.kill('SIGHUP');
  await expect.poll(() => run.err()).toContain('no TLS certificate to read again');
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
}, 60_000);

test('a reader of the log that goes away does not end it', async () => {
  const run = start([...simulated, '--log-level', 'debug']);
  const address = await run.address;
  run.child.stdout.destroy();
  run.child.stderr.destroy();
  // The first line after the reader has gone may still fit into the pipe.
  for (let asked = 0; asked < 5; asked += 1) expect((await fetch(`${address}/api/session`)).status).toBe(200);
  expect(run.child.exitCode).toBeNull();
  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(0);
}, 60_000);

test('a taken port: one line on what to do, and exit code 1', async () => {
  const first = start(simulated);
  const { port } = new URL(await first.address);
  const second = start(['--port', port, '--usage-days', '0']);
  expect(await second.ended).toBe(1);
  expect(second.err()).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is taken`));
  expect(second.out()).toBe('');
}, 60_000);

test('wrong options: one line, and exit code 2', async () => {
  const run = start(['--prot', '1']);
  expect(await run.ended).toBe(2);
  expect(run.err().trimEnd().split('\n')).toHaveLength(1);
}, 60_000);

test('--version and --help say so and end', async () => {
  const version = start(['--version']);
  expect(await version.ended).toBe(0);
  expect(version.out()).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = start(['--help']);
  expect(await help.ended).toBe(0);
  expect(help.out()).toContain('--ray-address');
}, 60_000);

test('an address that others can reach, without TLS: one line on what to do, and exit code 2', async () => {
  const run = start(['--port', '0', '--host', '0.0.0.0']);
  expect(await run.ended).toBe(2);
  expect(run.err()).toMatch(/^Others can reach 0\.0\.0\.0, .*--tls-cert.*--trusted-proxy.*\n$/);
}, 60_000);

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
  expect((await readdir(data)).toSorted()).toEqual(['simulator.sqlite', 'simulator.usage.sqlite']);
}, 60_000);

test('a folder that can not be made: one line on what to do, and exit code 2', async () => {
  await writeFile(join(folder, 'a-file'), '');
  const run = start(['--port', '0', '--data-dir', join(folder, 'a-file')]);
  expect(await run.ended).toBe(2);
  expect(run.err()).toMatch(/^The journal can't be written in .*--data-dir <path>\.\n$/);
}, 60_000);

test('a start with too few file descriptors ends with what to do', async () => {
  // How many are too few depends on how many files this Node loads at once: here the loader says so itself.
  const hook = dataUrl(`export function load(url, context, next) {
    if (url.includes('/zod/')) throw new Error('EMFILE: too many open files, open ' + url);
    return next(url, context);
  }`);
  const preload = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(hook)});`);
  const script = join(folder, 'server', 'main.js');
  const child = spawn(process.execPath, ['--import', preload, script, '--port', '0'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '' },
  });
  running.push(child);
  let err = '';
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
  expect(err).toMatch(/^The console can't start: .*EMFILE.*ulimit -n 4096.*\n$/);
});

function dataUrl(script: string): string {
  return `data:text/javascript,${encodeURIComponent(script)}`;
}

describe('over a Ray that is not simulated', () => {
  const write = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  const session = (address: string, headers: Record<string, string>) => fetch(`${address}/api/session`, { headers });

  test('it prints a link that signs in once, takes new tokens, and nobody else', async () => {
    const data = join(folder, 'signed');
    const own = ['--ray-address', 'http://127.0.0.1:9', '--data-dir', data];
    const run = start(['--port', '0', ...own]);
    const address = await run.address;
    await expect.poll(() => run.out()).toContain('sign-in#');
    expect((await session(address, {})).status).toBe(401);
    expect((await fetch(`${address}/virtual_clusters/x`, { method: 'DELETE' })).status).toBe(401);

    const [, token = ''] = /sign-in#([\w-]{43})/.exec(run.out()) ?? [];
    const signIn = () => fetch(`${address}/api/sign-in`, { ...write, body: JSON.stringify({ token }) });
    const reply = await signIn();
    expect(reply.status).toBe(204);
    const Cookie = reply.headers.get('Set-Cookie')?.split(';')[0] ?? '';
    expect(await (await session(address, { Cookie })).json()).toMatchObject({
      who: 'administrator',
      via: 'link',
      mayWrite: true,
    });
    expect((await signIn()).status).toBe(401);

    const made = start(['token', 'create', '--name', 'ci', '--role', 'viewer', ...own]);
    expect(await made.ended).toBe(0);
    const Authorization = `Bearer ${made.out().trim()}`;
    await expect.poll(async () => (await session(address, { Authorization })).status, { timeout: 5_000 }).toBe(200);
    expect(await start(['token', 'withdraw', 'ci', ...own]).ended).toBe(0);
    await expect.poll(async () => (await session(address, { Authorization })).status, { timeout: 5_000 }).toBe(401);
    expect(run.err()).not.toContain(token);
    expect(run.out().split(token)).toHaveLength(2);
  }, 60_000);

  test("Ray's own token is sent to it, and is told to nobody", async () => {
    const came: (string | undefined)[] = [];
    const ray = createServer((incoming, outgoing) => {
      came.push(incoming.headers.authorization);
      outgoing.writeHead(401, { 'Content-Type': 'text/plain' }).end(`no: ${String(incoming.headers.authorization)}`);
    });
    await new Promise<void>((resolve) => ray.listen(0, '127.0.0.1', resolve));
    const at = ray.address();
    const port = typeof at === 'object' && at !== null ? at.port : 0;
    const run = start(
      [
        '--port',
        '0',
        '--no-sign-in',
        '--log-level',
        'debug',
        '--ray-address',
        `http://127.0.0.1:${String(port)}`,
        '--data-dir',
        join(folder, 'token'),
      ],
      { RAY_AUTH_TOKEN: 'rays-very-own' },
    );
    const address = await run.address;
    await expect.poll(() => came.length).toBeGreaterThan(3);
    expect(new Set(came)).toEqual(new Set(['Bearer rays-very-own']));
    const output = await Promise.all(
      ['/api/session', '/api/fleet', '/api/changes', '/virtual_clusters', '/api/nodes'].map(async (path) =>
        (await fetch(address + path)).text(),
      ),
    );
    expect([...output, run.out(), run.err()].join('\n')).not.toContain('very-own');
    expect(run.err()).toContain('Warning: everybody who uses this machine may change');
    ray.closeAllConnections();
    ray.close();
  }, 60_000);
});

test('commands on a running console: a file is written, compared and applied; a command that there is not, and help', async () => {
  const run = start(simulated);
  const base = await run.address;
  const file = join(folder, 'fleet.yaml');
  const command = async (...args: string[]) => {
    const { ended, out, err } = start(args);
    return { code: await ended, out: out(), err: err() };
  };
  expect(await command('export', file, '--console', base)).toMatchObject({ code: 0, err: `${file} is written.\n` });
  expect(await command('diff', file, '--console', base)).toMatchObject({ code: 0, out: '' });
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace(/^ {2}- id: \S+$/m, '$& # ours\n    owner: Anna').replace(/\n {4}owner: (?!Anna).*/, ''),
  );
  const differing = await command('diff', file, '--console', base, '--json');
  expect([differing.code, JSON.parse(differing.out).drift]).toEqual([
    1,
    [expect.objectContaining({ profile: ['owner'] })],
  ]);
  expect(await command('apply', file, '--console', base)).toMatchObject({ code: 2 });
  expect(await command('apply', file, '--console', base, '--yes')).toMatchObject({ code: 0 });
  expect(await command('diff', file, '--console', base)).toMatchObject({
    code: 0,
    err: 'The fleet is as the file says.\n',
  });
  expect(await command('frobnicate')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no command "frobnicate"'),
  });
  expect(await command('diff', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--prune') });
  expect(await command('diff', file, '--yes')).toMatchObject({
    code: 2,
    err: expect.stringContaining('diff has no --yes'),
  });
}, 60_000);
