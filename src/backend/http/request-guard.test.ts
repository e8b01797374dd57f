import { describe, expect, test } from 'vitest';
import { CONSOLE_HEADER } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import { MAX_BODY_BYTES } from './request-body.ts';
import { guard } from './request-guard.ts';

const local = { address: '127.0.0.1', secure: false };

function guarded(
  inner: () => Promise<Response> = () => Promise.resolve(new Response('ok')),
  allowedHosts: string[] = [],
) {
  const handle = guard(inner, { allowedHosts, newNonce: () => '0-1-2' });
  return (path: string, init: RequestInit = {}, from = local) =>
    handle(new Request(new URL(path, 'http://127.0.0.1:8600'), init), from);
}

const json = { 'Content-Type': 'application/json' };

describe('every path is guarded alike', () => {
  const cases: [name: string, status: number, init: RequestInit, code: string | null][] = [
    ['a plain read', 200, {}, null],
    ['a read by its own name', 200, { headers: { Host: 'localhost:8600' } }, null],
    ['a read over IPv6', 200, { headers: { Host: '[::1]:8600' } }, null],
    ['a name that ends in localhost', 200, { headers: { Host: 'console.localhost' } }, null],
    ['a strange name pointed here', 403, { headers: { Host: 'evil.example' } }, 'host-not-allowed'],
    ['a name that begins like ours', 403, { headers: { Host: 'localhost.evil.example' } }, 'host-not-allowed'],
    ['a name with something in it', 403, { headers: { Host: '127.0.0.1@evil.example' } }, 'host-not-allowed'],
    ['an empty name', 403, { headers: { Host: '' } }, 'host-not-allowed'],
    ['a page of our own', 200, { headers: { Host: '127.0.0.1:8600', Origin: 'http://127.0.0.1:8600' } }, null],
    ['a page behind TLS of ours', 200, { headers: { Host: '127.0.0.1', Origin: 'https://127.0.0.1' } }, null],
    [
      'a page of another port',
      403,
      { headers: { Host: '127.0.0.1:8600', Origin: 'http://127.0.0.1:3000' } },
      'origin-not-allowed',
    ],
    [
      'a page of another name of ours',
      403,
      { headers: { Host: '127.0.0.1:8600', Origin: 'http://localhost:8600' } },
      'origin-not-allowed',
    ],
    ['a page of nowhere', 403, { headers: { Host: '127.0.0.1:8600', Origin: 'null' } }, 'origin-not-allowed'],
    ['another site', 403, { headers: { 'Sec-Fetch-Site': 'cross-site' } }, 'cross-site'],
    ['another port of this machine', 403, { headers: { 'Sec-Fetch-Site': 'same-site' } }, 'cross-site'],
    ['the address bar', 200, { headers: { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' } }, null],
    ['JSON from a script', 200, { method: 'POST', headers: json, body: '{}' }, null],
    [
      'JSON with a charset',
      200,
      { method: 'POST', headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: '{}' },
      null,
    ],
    ['a form', 415, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{}' }, 'not-json'],
    [
      'what only looks like JSON',
      415,
      { method: 'POST', headers: { 'Content-Type': 'application/jsonp' }, body: '{}' },
      'not-json',
    ],
    ['a POST without a body or type', 415, { method: 'POST' }, 'not-json'],
    [
      'a PUT of a form',
      415,
      { method: 'PUT', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=b' },
      'not-json',
    ],
    ['a bare DELETE, as curl sends it', 200, { method: 'DELETE' }, null],
    [
      'a DELETE with a form',
      415,
      { method: 'DELETE', headers: { 'Content-Type': 'text/plain' }, body: 'x' },
      'not-json',
    ],
    [
      'a browser without our header',
      403,
      { method: 'POST', headers: { ...json, 'Sec-Fetch-Site': 'same-origin' }, body: '{}' },
      'header-missing',
    ],
    [
      'an origin without our header',
      403,
      { method: 'DELETE', headers: { Host: '127.0.0.1:8600', Origin: 'http://127.0.0.1:8600' } },
      'header-missing',
    ],
    [
      "a script's fetch in Node",
      200,
      { method: 'POST', headers: { ...json, 'Sec-Fetch-Mode': 'cors' }, body: '{}' },
      null,
    ],
    [
      "a browser's page that names only its origin",
      403,
      { method: 'POST', headers: { ...json, Origin: 'http://127.0.0.1:8600' }, body: '{}' },
      'header-missing',
    ],
    [
      'a browser with our header',
      200,
      { method: 'POST', headers: { ...json, 'Sec-Fetch-Site': 'same-origin', [CONSOLE_HEADER]: '1' }, body: '{}' },
      null,
    ],
    ['a question before a write of another site', 405, { method: 'OPTIONS' }, 'method-not-allowed'],
    ['a method that is none of ours', 405, { method: 'PATCH', headers: json, body: '{}' }, 'method-not-allowed'],
    [
      'too much, as announced',
      413,
      { method: 'POST', headers: { ...json, 'Content-Length': String(MAX_BODY_BYTES + 1) }, body: '{}' },
      'too-large',
    ],
  ];
  for (const path of ['/', '/api/fleet', '/virtual_clusters', '/simulator/reset', '/assets/x.js']) {
    test.each(cases)(`${path}: %s → %i`, async (_name, status, init, code) => {
      const reply = await guarded()(path, init);
      expect(reply.status).toBe(status);
      if (code !== null) expect(problem.parse(await reply.json()).problem).toBe(code);
    });
  }

  test('a link on another site may open a page of the console, but not its data', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    expect((await guarded()('/clusters/a', { headers })).status).toBe(200);
    expect((await guarded()('/api/fleet', { headers })).status).toBe(403);
    expect((await guarded()('/', { headers: { ...headers, 'Sec-Fetch-Dest': 'iframe' } })).status).toBe(403);
  });

  test.each([
    '/%61pi/fleet/events',
    '/api%2Ffleet/%65vents',
    '/%76irtual_clusters',
    '//api/fleet',
    '/simul%61tor/summary',
    '/vc/%61pi/fleet/events',
    '/api/%zz',
    '/%c0%ae',
  ])('no other spelling of a path gets past it: %s', async (path) => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    const reply = await guarded()(`http://127.0.0.1:8600${path}`, { headers });
    expect([reply.status, problem.parse(await reply.json()).problem]).toEqual([400, 'bad-path']);
  });

  test('a name that was allowed is, whatever the port', async () => {
    const handle = guarded(undefined, ['console.example']);
    expect((await handle('/', { headers: { Host: 'Console.Example:443' } })).status).toBe(200);
    expect((await handle('/', { headers: { Host: 'sub.console.example' } })).status).toBe(403);
  });

  test('over TLS a page without it is another page', async () => {
    const headers = { Host: '127.0.0.1', Origin: 'http://127.0.0.1' };
    expect((await guarded()('/', { headers }, { ...local, secure: true })).status).toBe(403);
  });
});

describe('every reply carries the headers', () => {
  const replies = {
    'a good one': () => guarded()('/'),
    'a refused one': () => guarded()('/', { headers: { Host: 'evil.example' } }),
    'one too large': () =>
      guarded()('/', {
        method: 'POST',
        headers: { ...json, 'Content-Length': String(MAX_BODY_BYTES + 1) },
        body: '{}',
      }),
  };
  test.each(Object.entries(replies))('%s', async (_name, get) => {
    const { headers } = await get();
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
    expect(headers.get('Cache-Control')).toBe('no-store');
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|style-src [^;]*unsafe|nonce/);
    expect(headers.has('Access-Control-Allow-Origin')).toBe(false);
  });

  test('a page gets a nonce for its styles in place of the placeholder', async () => {
    const html = () =>
      Promise.resolve(
        new Response('<meta nonce="__CSP_NONCE__">', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
      );
    const reply = await guarded(html)('/');
    expect(await reply.text()).toBe('<meta nonce="012">');
    expect(reply.headers.get('Content-Security-Policy')).toContain("style-src 'self' 'nonce-012'");
    expect(reply.headers.get('Content-Security-Policy')).toContain("script-src 'self';");
  });

  test('what may be kept stays so', async () => {
    const asset = () => Promise.resolve(new Response('x', { headers: { 'Cache-Control': 'public, immutable' } }));
    expect((await guarded(asset)('/assets/x.js')).headers.get('Cache-Control')).toBe('public, immutable');
  });
});
