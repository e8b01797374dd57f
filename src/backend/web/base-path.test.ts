import { expect, test } from 'vitest';
import { stripBasePath } from './base-path.ts';

const at = (path: string, init?: RequestInit) => new Request(`http://127.0.0.1:8600${path}`, init);

test('at the root a request stays as it is', async () => {
  const request = at('/api/fleet?since=1');
  expect(stripBasePath(request, '/')).toBe(request);
});

test.each([
  ['/vc/', '/'],
  ['/vc/api/fleet?since=1', '/api/fleet?since=1'],
  ['/vc/clusters/a%2Fb%23%23c', '/clusters/a%2Fb%23%23c'],
  ['/vc//evil.example/', '//evil.example/'],
])('%s is %s below /vc/', (path, inner) => {
  const request = stripBasePath(at(path), '/vc/');
  expect(request).toBeInstanceOf(Request);
  if (request instanceof Request) expect(request.url).toBe(`http://127.0.0.1:8600${inner}`);
});

test('a write keeps its method and headers; its body is read from the request itself', () => {
  const request = stripBasePath(at('/vc/api/x', { method: 'PUT', headers: { 'X-A': '1' }, body: '{"a":1}' }), '/vc/');
  if (!(request instanceof Request)) throw new Error('a reply');
  expect([request.method, request.headers.get('X-A'), request.body]).toEqual(['PUT', '1', null]);
});

test('the path without its last / leads to it; anything else is not here', () => {
  const moved = stripBasePath(at('/vc?a=1'), '/vc/');
  expect(moved).toMatchObject({ status: 308 });
  if (moved instanceof Response) expect(moved.headers.get('Location')).toBe('/vc/?a=1');
  for (const path of ['/', '/api/fleet', '/vcx/api/fleet', '/VC/', '/%76c/'])
    expect(stripBasePath(at(path), '/vc/')).toMatchObject({ status: 404 });
});
