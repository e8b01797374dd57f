import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { overFetch } from '../../ray/client/transport.ts';
import { rayRequest } from '../../testing/harness/ray-request.ts';
import { rayTokenSource, withRayToken } from './ray-token.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-ray-token-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A Ray that takes one token, and remembers what it was sent. */
function rayThatTakes(token: () => string) {
  const seen: (string | null)[] = [];
  const fetch = (request: Request) => {
    seen.push(request.headers.get('Authorization'));
    return Promise.resolve(
      new Response('', { status: request.headers.get('Authorization') === `Bearer ${token()}` ? 200 : 401 }),
    );
  };
  return { seen, transport: overFetch(fetch) };
}

test('the environment names it, and what is wrong with it is said without it', () => {
  expect(rayTokenSource({})).toEqual({ ok: true, from: null });
  expect(rayTokenSource({ RAY_AUTH_TOKEN: '', RAY_AUTH_TOKEN_PATH: '' })).toEqual({ ok: true, from: null });
  expect(rayTokenSource({ RAY_AUTH_TOKEN: ' secret\n' })).toEqual({
    ok: true,
    from: { kind: 'given', token: 'secret' },
  });
  const wrong = rayTokenSource({ RAY_AUTH_TOKEN: 'sec ret' });
  expect(wrong).toMatchObject({ ok: false });
  expect(JSON.stringify(wrong)).not.toContain('ret"');
  expect(rayTokenSource({ RAY_AUTH_TOKEN_PATH: join(folder, 'none') })).toMatchObject({ ok: false });
});

test('without a variable it is the one in ~/.ray/auth_token, unless that file is no use', () => {
  const file = join(folder, '.ray', 'auth_token');
  expect(rayTokenSource({ HOME: folder })).toEqual({ ok: true, from: null });
  mkdirSync(join(folder, '.ray'));
  writeFileSync(file, 'two words');
  expect(rayTokenSource({ HOME: folder })).toEqual({ ok: true, from: null });
  writeFileSync(file, 'secret\n');
  expect(rayTokenSource({ HOME: folder })).toEqual({ ok: true, from: { kind: 'file', file } });
  expect(rayTokenSource({ HOME: folder, RAY_AUTH_TOKEN: 'given' })).toEqual({
    ok: true,
    from: { kind: 'given', token: 'given' },
  });
  expect(rayTokenSource({ HOME: folder, RAY_AUTH_TOKEN_PATH: join(folder, 'none') })).toMatchObject({ ok: false });
});

test('every request carries it', async () => {
  const ray = rayThatTakes(() => 'secret');
  const send = withRayToken(ray.transport, { kind: 'given', token: 'secret' });
  expect(
    (await send(rayRequest('http://ray/x', { headers: { Authorization: 'Bearer of-somebody-else' } }))).status,
  ).toBe(200);
  expect((await send(rayRequest('http://ray/x', { method: 'POST', body: '{}' }))).status).toBe(200);
  expect(ray.seen).toEqual(['Bearer secret', 'Bearer secret']);
});

test('a token that was changed is read again: a read is sent once more, a write is not', async () => {
  const file = join(folder, 'token');
  let current = 'one';
  writeFileSync(file, 'one\n');
  const ray = rayThatTakes(() => current);
  const send = withRayToken(ray.transport, { kind: 'file', file });
  expect((await send(rayRequest('http://ray/x'))).status).toBe(200);
  current = 'two';
  expect((await send(rayRequest('http://ray/x'))).status).toBe(401);
  expect(ray.seen).toHaveLength(2);
  writeFileSync(file, 'two\n');
  expect((await send(rayRequest('http://ray/x', { method: 'POST', body: '{}' }))).status).toBe(401);
  expect(ray.seen).toHaveLength(3);
  expect((await send(rayRequest('http://ray/x'))).status).toBe(200);
  current = 'three';
  writeFileSync(file, 'three\n');
  expect((await send(rayRequest('http://ray/x'))).status).toBe(200);
  expect(ray.seen.slice(-2)).toEqual(['Bearer two', 'Bearer three']);
});
