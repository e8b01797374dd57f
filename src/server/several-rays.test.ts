import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONSOLE_HEADER } from '../contract/paths.ts';
import { raysReply } from '../contract/rays.ts';
import { createConsoleAuthentication } from './auth/console-authenticator.ts';
import { accessPlace } from './cli/access-place.ts';
import { runAccessCommand } from './cli/access-command.ts';
import { parseOptions, type Options } from './cli/options.ts';
import { createObservability } from './observability/observability.ts';
import { rayPlaces } from './ray-place.ts';
import { createServedRays, rayNameAt } from './served-rays.ts';
import type { SeveralRays } from './several-rays.ts';
import { createSystemClock } from './system-clock.ts';

const clock = createSystemClock();
const peer = { address: '127.0.0.1', secure: false };
let folder: string;
let closers: (() => Promise<void>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'several-rays-'));
  closers = [];
});
afterEach(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true });
});

/** A console of several Rays without a socket. `send`: a request to it. */
async function start(args: readonly string[], open = true) {
  const parsed = parseOptions(['--data-dir', folder, '--usage-days', '0', ...args], {});
  if (parsed.kind !== 'start') throw new Error(JSON.stringify(parsed));
  const { options } = parsed;
  const lines: string[] = [];
  const observability = createObservability({
    level: 'debug',
    clock,
    consoleVersion: '1',
    write: (line) => lines.push(line),
    rays: (options.rays ?? []).map(({ name }) => name),
    rayAt: rayNameAt('/', options.rays ?? []),
  });
  const { authenticator, tokenGrant, newLink } = createConsoleAuthentication(options, {
    paths: accessPlace(options, {}),
    clock,
    onLinkUsed: () => undefined,
    onFailure: () => undefined,
  });
  const served = await createServedRays(rayPlaces(options, {}), options, {
    pages: null,
    consoleVersion: '1',
    clock,
    observability,
    access: authenticator,
    tokenGrant,
    env: {},
    tell: (line) => lines.push(line),
  });
  if (!served.ok) throw new Error(served.message);
  const rays: Pick<SeveralRays, 'fetch' | 'open' | 'close'> = served.rays;
  closers.push(async () => {
    await rays.close();
    observability.close();
  });
  if (open) await rays.open();
  const handle = observability.handle(rays.fetch);
  const send = (
    path: string,
    init: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
  ) =>
    handle(
      new Request(`http://127.0.0.1${path}`, {
        ...init,
        headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1', ...init.headers },
      }),
      peer,
    );
  return { send, lines, options, newLink, rays };
}

function token(options: Options, args: readonly string[]): Record<string, string> {
  const rays = (options.rays ?? []).flatMap(({ name, address }) => ['--ray', `${name}=${address ?? 'simulator'}`]);
  const made = runAccessCommand(['token', 'create', '--data-dir', folder, ...rays, ...args], {}, clock);
  if (made.code !== 0) throw new Error(made.err);
  return { Authorization: `Bearer ${made.out.trim()}` };
}

const two = ['--ray', 'prod=simulator', '--ray', 'lab=simulator'];
const save = (clusterId: string) =>
  JSON.stringify({ kind: 'save', clusterId, divisible: false, base: null, want: { '4c8g': 0 } });
const put = (n: number) => `/api/changes/00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('several Rays in one console', () => {
  test('each has its own API, journal and files; the list names them all', async () => {
    const { send } = await start(two);
    expect(await (await send('/rays/lab/api/session')).json()).toMatchObject({ ray: { name: 'lab' } });
    const made = await send(`/rays/prod${put(1)}`, { method: 'PUT', body: save('team-x') });
    expect(made.status).toBe(200);
    expect((await send(`/rays/prod${put(1)}`)).status).toBe(200);
    expect((await send(`/rays/lab${put(1)}`)).status).toBe(404);
    for (const path of ['/api/rays', '/rays/lab/api/rays']) {
      const { rays } = raysReply.parse(await (await send(path)).json());
      expect(rays.map(({ name, simulated, lastChange }) => [name, simulated, lastChange?.clusterId])).toEqual([
        ['prod', true, 'team-x'],
        ['lab', true, undefined],
      ]);
    }
  });

  test('what is no Ray: 404 by name, the API of a Ray only below it, a redirect to its slash', async () => {
    const { send } = await start(two);
    expect((await send('/rays/nowhere/api/fleet')).status).toBe(404);
    expect((await send('/api/fleet')).status).toBe(404);
    const moved = await send('/rays/prod?a=1');
    expect([moved.status, moved.headers.get('Location')]).toEqual([308, '/rays/prod/?a=1']);
  });

  test('before a Ray is open it says so, and the others are served', async () => {
    const { send, rays } = await start(two, false);
    const early = await send('/rays/prod/api/fleet');
    expect([early.status, early.headers.get('Retry-After')]).toEqual([503, '1']);
    const listed = raysReply.parse(await (await send('/api/rays')).json());
    expect(listed.rays.map(({ state }) => state.kind)).toEqual(['opening', 'opening']);
    await rays.open();
    expect((await send('/rays/prod/api/fleet')).status).toBe(200);
  });

  test('a Ray whose journal can not be opened says why; the others are served', async () => {
    const own = join(folder, 'rays', 'lab');
    mkdirSync(own, { recursive: true });
    symlinkSync(join(folder, 'elsewhere'), join(own, 'simulator.sqlite'));
    const { send, lines } = await start(['--ray', 'lab=simulator', '--ray', 'other=simulator']);
    const listed = raysReply.parse(await (await send('/api/rays')).json());
    expect(listed.rays.map(({ state }) => state.kind)).toEqual(['not-opened', expect.stringMatching(/read/)]);
    expect((await send('/rays/lab/api/fleet')).status).toBe(503);
    expect((await send('/rays/other/api/fleet')).status).toBe(200);
    expect(lines.join('\n')).toContain('"event":"ray-not-opened","ray":"lab"');
  });

  test('one sign-in for all: a link makes one session; without it no Ray tells anything', async () => {
    const { send, newLink } = await start([...two, '--sign-in', 'link']);
    for (const path of ['/api/rays', '/rays/prod/api/fleet']) expect((await send(path)).status).toBe(401);
    const signedIn = await send('/rays/lab/api/sign-in', {
      method: 'POST',
      body: JSON.stringify({ token: newLink?.() }),
    });
    const cookie = signedIn.headers.get('Set-Cookie') ?? '';
    expect(cookie).toContain('Path=/;');
    const headers = { Cookie: cookie.split(';')[0] ?? '' };
    for (const path of ['/api/rays', '/rays/prod/api/session', '/rays/lab/api/session'])
      expect((await send(path, { headers })).status).toBe(200);
    expect((await send('/api/sign-out', { method: 'POST', headers, body: '{}' })).status).toBe(204);
    expect((await send('/rays/prod/api/session', { headers })).status).toBe(401);
  });

  test('a pattern names a Ray: elsewhere its token only looks', async () => {
    const { send, options } = await start([...two, '--sign-in', 'link']);
    const headers = token(options, ['--name', 'ci', '--clusters', 'prod:team-a-*']);
    const asked = async (path: string, clusterId: string) =>
      (await send(path, { method: 'PUT', headers, body: save(clusterId) })).status;
    expect(await asked(`/rays/prod${put(1)}`, 'team-a-1')).toBe(200);
    expect(await asked(`/rays/prod${put(2)}`, 'team-b')).toBe(403);
    expect(await asked(`/rays/lab${put(3)}`, 'team-a-1')).toBe(403);
    expect(await (await send('/rays/lab/api/session', { headers })).json()).toMatchObject({
      mayWrite: false,
      mayNotWriteBecause: expect.stringContaining('none of lab'),
    });
  });

  test('the page of another site is refused above the Rays, too', async () => {
    const { send } = await start(two);
    for (const headers of [
      { Origin: 'http://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { Host: 'evil.example' },
    ])
      for (const path of ['/api/rays', '/rays/prod/api/fleet', '/rays/nowhere/'])
        expect([path, (await send(path, { headers })).status]).toEqual([path, 403]);
  });

  test('ready as soon as one Ray is; each tells of itself', async () => {
    const { send } = await start(['--ray', 'lab=simulator', '--ray', 'gone=http://127.0.0.1:9', '--no-sign-in']);
    expect((await send('/readyz')).status).toBe(200);
    expect((await send('/rays/lab/readyz')).status).toBe(200);
    expect((await send('/rays/gone/readyz')).status).toBe(503);
    expect((await send('/rays/nowhere/readyz')).status).toBe(404);
    await vi.waitFor(async () => {
      const { rays } = raysReply.parse(await (await send('/rays/lab/api/rays')).json());
      expect(rays[1]?.state).toMatchObject({ kind: 'failing', reason: 'unreachable', lastReadAt: null });
    }, 5_000);
  });
});
