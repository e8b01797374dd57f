import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Peer } from '../../backend/auth/authenticator.ts';
import { rayRequest, textOf } from '../../testing/harness/ray-request.ts';
import { openRayConnection } from '../ray/open-ray-connection.ts';
import { createHttpServer } from './http-server.ts';
import { listen } from './listen.ts';
import { selfSignedCertificate } from '../../testing/harness/self-signed-certificate.ts';
import { readTls } from './tls.ts';

let folder = '';
const open: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-tls-'));
});
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  rmSync(folder, { recursive: true, force: true });
});

const seen: { url: string; from: Peer; authorization: string | null }[] = [];

async function serveTls(certificate = selfSignedCertificate()): Promise<{ port: number; cert: string }> {
  seen.length = 0;
  const server = createHttpServer((asked, from) => {
    seen.push({ url: asked.url, from, authorization: asked.headers.get('Authorization') });
    return Promise.resolve(new Response('here'));
  }, certificate);
  open.push(server);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  return { port: listening.port, cert: certificate.cert };
}

function get(port: number, options: { readonly ca?: string; readonly maxVersion?: SecureVersion }): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/x', ...options }, (reply) => {
      let text = '';
      reply.on('data', (part: Buffer) => (text += part.toString()));
      reply.on('end', () => resolve(text));
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('the console serves TLS, and knows that a request came over it', async () => {
  const { port, cert } = await serveTls();
  expect(await get(port, { ca: cert })).toBe('here');
  expect(seen).toMatchObject([{ url: `https://127.0.0.1:${String(port)}/x`, from: { secure: true, port } }]);
});

test('an older TLS is refused, and so is none', async () => {
  const { port, cert } = await serveTls();
  await expect(get(port, { ca: cert, maxVersion: 'TLSv1.1' })).rejects.toThrow(/protocol|version/i);
  const plain = new Promise((resolve, reject) => {
    plainRequest({ host: '127.0.0.1', port }, resolve).on('error', reject).end();
  });
  await expect(plain).rejects.toThrow(/hang up|reset/i);
  expect(seen).toEqual([]);
});

test('a certificate and its key are read, and one line says why not', () => {
  const [mine, other] = [selfSignedCertificate(), selfSignedCertificate()];
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const cert = file('cert.pem', mine.cert);
  expect(readTls({ cert, key: file('key.pem', mine.key) })).toMatchObject({ ok: true });
  for (const key of [join(folder, 'none'), file('other.pem', other.key), file('odd.pem', 'x')]) {
    const read = readTls({ cert, key });
    expect(read).toMatchObject({ ok: false, message: expect.stringMatching(/^TLS can't be served with .*\)\.$/) });
  }
});

test('a Ray behind TLS is asked when its authority is the one that was named, with its token', async () => {
  const { port, cert } = await serveTls();
  const rayCa = join(folder, 'ca.pem');
  writeFileSync(rayCa, cert);
  const gateway = openRayConnection({ rayCa, rayAddress: null, readOnly: false }, { RAY_AUTH_TOKEN: 'rays-own' });
  if (!gateway.ok) throw new Error(gateway.message);
  const ask = (method: 'GET' | 'DELETE') =>
    rayRequest(`https://127.0.0.1:${String(port)}/virtual_clusters/x`, { method });
  expect(await textOf(await gateway.ray.transport(ask('GET')))).toBe('here');
  expect(await textOf(await gateway.ray.transport(ask('DELETE')))).toBe('here');
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer rays-own', 'Bearer rays-own']);
});

test('any other Ray is not, and is not told the token', async () => {
  const { port } = await serveTls();
  const rayCa = join(folder, 'ca.pem');
  writeFileSync(rayCa, selfSignedCertificate().cert);
  for (const ca of [rayCa, null]) {
    const gateway = openRayConnection({ rayCa: ca, rayAddress: null, readOnly: false }, { RAY_AUTH_TOKEN: 'rays-own' });
    if (!gateway.ok) throw new Error(gateway.message);
    for (const method of ['GET', 'POST']) {
      const failed = gateway.ray.transport(
        rayRequest(`https://127.0.0.1:${String(port)}/virtual_clusters`, {
          method,
          body: method === 'POST' ? '{}' : null,
        }),
      );
      await expect(failed).rejects.toThrow('The request to Ray failed.');
    }
  }
  expect(seen).toEqual([]);
});

test('what is wrong with either is one line, without the secret', () => {
  expect(openRayConnection({ rayCa: join(folder, 'none'), rayAddress: null, readOnly: false }, {})).toMatchObject({
    ok: false,
    message: expect.stringMatching(/--ray-ca/),
  });
  const wrong = openRayConnection({ rayCa: null, rayAddress: null, readOnly: false }, { RAY_AUTH_TOKEN: 'two words' });
  expect(wrong).toMatchObject({ ok: false });
  expect(JSON.stringify(wrong)).not.toContain('words');
});
