import { describe, expect, test } from 'vitest';
import { localAdministrator } from '../auth/authenticator.ts';
import { createRequestBodies, MAX_BODY_BYTES } from './request-body.ts';

describe('a body', () => {
  const somebody = localAdministrator('127.0.0.1', false);
  const json = { 'Content-Type': 'application/json' };
  const read = (init: RequestInit & { duplex?: 'half' }) =>
    createRequestBodies().read(new Request('http://127.0.0.1:8600/', { method: 'POST', ...init }), somebody);

  test('comes through whole, as it was', async () => {
    const body = '{"revision":18446744073709551615,"x":"ä"}';
    const length = String(new TextEncoder().encode(body).byteLength);
    for (const headers of [json, { ...json, 'Content-Length': length }])
      expect(await read({ headers, body })).toMatchObject({ text: body });
    expect(await read({ method: 'DELETE' })).toMatchObject({ text: '' });
  });

  test('is bounded whatever its head said of it, and one that is cut is none', async () => {
    const headers = { ...json, 'Content-Length': '2' };
    const tooLarge = 'x'.repeat(MAX_BODY_BYTES + 1);
    for (const each of [json, headers]) {
      expect(await read({ headers: each, body: tooLarge })).toMatchObject({ status: 413 });
      const cut = new ReadableStream({ pull: (controller) => controller.error(new Error('cut')) });
      expect(await read({ headers: each, body: cut, duplex: 'half' })).toMatchObject({ status: 400 });
    }
    expect(await read({ headers: json, body: tooLarge.slice(1) })).toMatchObject({ text: tooLarge.slice(1) });
    for (const length of ['x', '-1', '1000001', 'Infinity'])
      expect(await read({ headers: { ...json, 'Content-Length': length }, body: '{}' })).toMatchObject({ status: 413 });
  });
});
