import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttp, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer, type ViteDevServer } from 'vite';
import { consolePlugin } from './dev.ts';
import { listen } from './http/listen.ts';

let folder = '';
let vite: ViteDevServer;
let server: Server;
let address = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-dev-'));
  await writeFile(
    join(folder, 'index.html'),
    '<html><head></head><body><script type="module" src="/x.js"></script></body></html>',
  );
  await writeFile(join(folder, 'x.js'), 'export const x = 1;');
  vite = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'error',
    html: { cspNonce: '__CSP_NONCE__' },
    plugins: [consolePlugin()],
    server: { middlewareMode: true, hmr: false, ws: false },
  });
  server = createHttp(vite.middlewares);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  address = `http://127.0.0.1:${String(listening.port)}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await vite.close();
  await rm(folder, { recursive: true });
});

test('the same back end answers inside the development server', async () => {
  const session = await fetch(`${address}/api/session`);
  expect(await session.json()).toMatchObject({ ray: { address: 'simulator', simulated: true } });
  expect((await fetch(`${address}/api/nothing`)).status).toBe(404);
});

test('its pages carry the nonce that their policy names', async () => {
  const page = await fetch(`${address}/`, { headers: { Accept: 'text/html' } });
  const html = await page.text();
  const nonce = /style-src 'self' 'nonce-([0-9a-f]+)'/.exec(page.headers.get('Content-Security-Policy') ?? '')?.[1];
  expect(html).toContain(`<meta property="csp-nonce" nonce="${nonce ?? 'none'}">`);
  expect(html).not.toContain('__CSP_NONCE__');
});

test('the guard stands before Vite too', async () => {
  expect((await fetch(`${address}/x.js`)).status).toBe(200);
  expect((await fetch(`${address}/x.js`, { headers: { Origin: 'http://evil.example' } })).status).toBe(403);
  expect((await fetch(`${address}/x.js`, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(403);
});
