import { expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createLocalAuthenticator } from '../auth/authenticator.ts';
import { createRaysConsole } from './rays-console.ts';
import type { RayProgress } from './rays-overview.ts';
import { createRequestBodies } from './request-body.ts';

const notOpened: RayProgress = { kind: 'not-opened', because: 'Its journal is a link.', cause: null };
const peer = { address: '127.0.0.1', secure: false };
const NAVIGATION = 'text/html,application/xhtml+xml,*/*;q=0.8';

function consoleOf(progress: Readonly<Record<string, RayProgress>>) {
  const fetch = createRaysConsole({
    rays: Object.entries(progress).map(([name, now]) => ({
      name,
      address: 'simulator',
      simulated: true,
      progress: () => now,
    })),
    overview: () => Promise.resolve([]),
    access: createLocalAuthenticator({ readOnly: false }),
    bodies: createRequestBodies(),
    files: () =>
      Promise.resolve(new Response('<title>Rays</title>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } })),
    allowedHosts: ['127.0.0.1'],
    basePath: '/',
    newNonce: () => 'nonce',
    consoleVersion: '1',
    clock: createHandClock(),
  });
  return (path: string, accept: string) =>
    fetch(new Request(`http://127.0.0.1${path}`, { headers: { Accept: accept } }), peer);
}

test.each([
  ['a Ray that is not there', '/rays/gone/clusters/ci', 404, null],
  ['no name', '/rays/', 404, null],
  ['a Ray that could not start', '/rays/lab/', 503, null],
  ['a Ray that is starting', '/rays/prod/nodes', 503, '1'],
])('%s: a person gets the page of all Rays, a program its problem', async (_, path, status, retryAfter) => {
  const ask = consoleOf({ lab: notOpened, prod: { kind: 'opening' } });
  const page = await ask(path, NAVIGATION);
  expect([page.status, page.headers.get('Retry-After')]).toEqual([status, retryAfter]);
  expect(await page.text()).toContain('<title>Rays</title>');
  const problem = await ask(path, '*/*');
  expect(problem.status).toBe(status);
  expect(await problem.json()).toHaveProperty('problem');
});
