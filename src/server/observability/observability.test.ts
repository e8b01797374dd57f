import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createHandClock, type HandClock } from '../../testing/harness/hand-clock.ts';
import type { Backend } from '../../backend/backend.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import { sourceNames } from '../../domain/sourced.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import { overFetch } from '../../ray/client/transport.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { createConsoleBackend } from '../console-backend.ts';
import { createHttpServer } from '../http/http-server.ts';
import { listen } from '../http/listen.ts';
import { observeOneRay, type OneRayObservability } from '../../testing/harness/observe-one-ray.ts';
import { parseMetrics, valueOf } from '../../testing/harness/parse-metrics.ts';

interface Line {
  readonly event: string;
  readonly level: string;
  readonly [field: string]: unknown;
}

let clock: HandClock;
let simulator: { readonly ray: FetchHandler; readonly control: FetchHandler };
let operation: OneRayObservability;
let backend: Backend;
let servers: Server[] = [];
let lines: string[] = [];
let port = 0;
let metricsPort = 0;

beforeEach(async () => {
  clock = createHandClock();
  lines = [];
  simulator = createSimulator({ seed: 1, clock });
  const store = createInMemoryChangeLog({ clock, days: 400, most: 100 });
  operation = observeOneRay({
    level: 'debug',
    clock,
    consoleVersion: '9.9.9',
    store,
    write: (line) => lines.push(line),
  });
  const options = {
    rayAddress: 'http://ray:8265',
    readOnly: false,
    allowedHosts: [],
    basePath: '/',
    seed: 1,
    rayDashboardUrl: null,
    scenario: null,
  };
  backend = createConsoleBackend(options, {
    store: operation.store,
    clock,
    files: null,
    consoleVersion: '9.9.9',
    observe: operation,
    connection: { transport: overFetch(simulator.ray), expectWrite: () => undefined },
  });
  servers = [createHttpServer(operation.handle(backend.fetch)), operation.metricsServer(backend.fleet)];
  if (servers[0] !== undefined) operation.watch(servers[0]);
  [port = 0, metricsPort = 0] = await Promise.all(
    servers.map(async (server) => {
      const listening = await listen(server, 0, '127.0.0.1');
      return listening.ok ? listening.port : 0;
    }),
  );
});

afterEach(async () => {
  await backend.close();
  operation.close();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const at = (path: string) => `http://127.0.0.1:${String(port)}${path}`;
const logged = () => lines.map((line): Line => JSON.parse(line));
const events = (event: string) => logged().filter((line) => line.event === event);

/** Asks with headers that `fetch` would not send. */
function ask(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers, agent: false }, resolve).on('error', reject);
  });
}

async function metrics() {
  const reply = await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`);
  expect(reply.headers.get('Content-Type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return parseMetrics(await reply.text());
}

/** Sends a change and lets what needs time have it. */
async function put(wanted: unknown): Promise<unknown> {
  const sent = fetch(at(paths.change(randomUUID())), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
    body: JSON.stringify(wanted),
  });
  const reply = await sent;
  return reply.json();
}

const control = (method: string, path: string, body: unknown) =>
  simulator.control(new Request(`http://ray/simulator${path}`, { method, body: JSON.stringify(body) }));

test('healthz answers whoever asks, by any host name; all else only by the console’s own', async () => {
  for (const path of ['/healthz', '/readyz'])
    expect((await ask(path, { Host: 'pod-7.example:1' })).statusCode).not.toBe(403);
  expect((await ask('/healthz', { Host: '10.1.2.3' })).statusCode).toBe(200);
  expect((await ask(paths.session, { Host: 'pod-7.example:1' })).statusCode).toBe(403);
});

test('readyz: not before Ray’s list was read, whatever else; then for as long as the console is not being stopped', async () => {
  await control('POST', '/away', { away: true });
  const late = observeOneRay({
    level: 'silent',
    clock,
    consoleVersion: '',
    store: createInMemoryChangeLog({ clock, days: 1, most: 1 }),
    write: () => undefined,
  });
  const handle = late.handle(() => Promise.resolve(new Response('never')));
  const ready = async () => (await handle(new Request('http://any/readyz'), { address: '', secure: false })).json();
  expect(await ready()).toEqual({ ok: false, checks: { list: false, journal: true, serving: true } });
  late.close();

  await expect.poll(async () => (await fetch(at('/readyz'))).status).toBe(200);
  operation.markStopping();
  const stopping = await fetch(at('/readyz'));
  expect([stopping.status, await stopping.json()]).toEqual([
    503,
    { ok: false, checks: { list: true, journal: true, serving: false } },
  ]);
  expect((await fetch(at('/healthz'))).status).toBe(200);
});

test('while it is being stopped nothing new is taken, and that is said', async () => {
  operation.markStopping();
  const reply = await fetch(at(paths.fleet));
  expect([reply.status, reply.headers.get('Retry-After'), reply.headers.get('Connection')]).toEqual([
    503,
    '5',
    'close',
  ]);
});

test('reads, changes, the journal, watchers and memory are told as metrics', async () => {
  await expect.poll(async () => (await fetch(at('/readyz'))).status).toBe(200);
  await put({ kind: 'save', clusterId: 'measured', divisible: false, base: null, want: { '4c8g': 1 } });
  await put({ kind: 'save', clusterId: 'too-large', divisible: false, base: null, want: { '4c8g': 10_000 } });
  const stop = new AbortController();
  await fetch(at(paths.fleetEvents), { signal: stop.signal });
  await clock.advance(2_000);
  const samples = await metrics();
  expect(valueOf(samples, 'vcc_changes_total', { outcome: 'applied' })).toBe(1);
  expect(valueOf(samples, 'vcc_changes_total', { outcome: 'shortage' })).toBe(1);
  expect(valueOf(samples, 'vcc_changes_open')).toBe(0);
  expect(valueOf(samples, 'vcc_journal_writes_total', { result: 'ok' })).toBe(4);
  expect(valueOf(samples, 'vcc_ray_writes_total', { action: 'save', outcome: 'applied' })).toBe(1);
  for (const source of sourceNames) {
    expect([source, valueOf(samples, 'vcc_ray_reads_total', { source, result: 'ok' })]).toEqual([
      source,
      expect.any(Number),
    ]);
    expect(valueOf(samples, 'vcc_ray_read_age_seconds', { source })).toBeGreaterThanOrEqual(0);
    expect(valueOf(samples, 'vcc_ray_read_seconds_count', { source })).toBeGreaterThanOrEqual(1);
  }
  expect(valueOf(samples, 'vcc_watchers')).toBe(1);
  expect(valueOf(samples, 'vcc_requests_total', { method: 'PUT', status: '200' })).toBe(2);
  expect(valueOf(samples, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  stop.abort();
  await expect.poll(async () => valueOf(await metrics(), 'vcc_watchers')).toBe(0);
});

test('usage that can not be kept is told by the log once, by a metric and by readyz, which stays ready; and so is its end', async () => {
  await expect.poll(async () => (await fetch(at('/readyz'))).status).toBe(200);
  const reported = async () => {
    const reply = await fetch(at('/readyz'));
    const metrics = parseMetrics(await (await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)).text());
    const events = lines.flatMap((line) => /"event":"(usage-[a-z-]+)"/.exec(line)?.[1] ?? []);
    return [reply.status, /"usage": ?(\w+)/.exec(await reply.text())?.[1], valueOf(metrics, 'vcc_usage_kept'), events];
  };
  expect(await reported()).toEqual([200, undefined, 1, []]);
  for (let minute = 0; minute < 3; minute++) operation.recordUsage(new Error('disk is full'));
  expect(await reported()).toEqual([200, 'false', 0, ['usage-not-kept']]);
  for (let minute = 0; minute < 2; minute++) operation.recordUsage(null);
  expect(await reported()).toEqual([200, undefined, 1, ['usage-not-kept', 'usage-kept-again']]);
});

test('the metrics’ port has nothing but metrics', async () => {
  const ask = async (path: string, init: RequestInit = {}) =>
    (await fetch(`http://127.0.0.1:${String(metricsPort)}${path}`, init)).status;
  expect([
    await ask('/'),
    await ask(paths.session),
    await ask('/metrics', { method: 'POST' }),
    await ask('/metrics', { method: 'HEAD' }),
  ]).toEqual([404, 404, 405, 200]);
  expect((await fetch(at('/metrics'))).headers.get('Content-Type')).not.toContain('version=0.0.4');
});

test('a change is logged once, with who asked for it and what it came to; a request by its path alone', async () => {
  await put({ kind: 'save', clusterId: 'logged', divisible: false, base: null, want: { '4c8g': 1 } });
  expect(events('change')).toEqual([
    expect.objectContaining({
      level: 'info',
      kind: 'save',
      cluster: 'logged',
      who: 'local administrator',
      outcome: 'applied',
      attempts: 1,
    }),
  ]);
  await fetch(at(`${paths.fleet}?since=secret-that-somebody-pasted`));
  await expect
    .poll(() => events('request').map(({ method, path, status, who }) => [method, path, status, who]))
    .toEqual([
      ['PUT', expect.stringContaining('/api/changes/'), 200, 'local administrator'],
      ['GET', paths.fleet, 200, 'local administrator'],
    ]);
  expect(lines.join('')).not.toContain('secret-that-somebody-pasted');
});

test('a source that fails is logged once, and once when it is well again; no traceback', async () => {
  await fetch(at(paths.fleet));
  await control('PUT', '/faults', [{ path: '/virtual_clusters', kind: 'traceback' }]);
  await fetch(at(paths.fleet));
  await clock.advance(20_000);
  await control('PUT', '/faults', []);
  await clock.advance(40_000);
  const failing = events('ray-read-failing').filter(({ source }) => source === 'list');
  expect(failing).toEqual([expect.objectContaining({ level: 'warn', reason: 'not-offered' })]);
  expect(events('ray-read-well-again').filter(({ source }) => source === 'list')).toHaveLength(1);
  expect(lines.every((line) => line.endsWith('}\n') && line.split('\n').length === 2)).toBe(true);
  expect(lines.join('')).not.toMatch(/Traceback|File \\"/);
});
