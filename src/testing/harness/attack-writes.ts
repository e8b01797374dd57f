/** A write that would go through, but for what an attack does to it: its first line, its headers, its body. */
export interface Write {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A virtual cluster of the simulated fleet. */
const THERE = 'serving';

/** Each way in which the console can be made to write. */
export const writes: readonly Write[] = [
  {
    name: 'a change',
    method: 'PUT',
    path: '/api/changes/00000000-0000-4000-8000-000000000001',
    body: JSON.stringify({ kind: 'delete', clusterId: THERE, base: null }),
  },
  {
    name: 'the published API',
    method: 'POST',
    path: '/virtual_clusters',
    body: JSON.stringify({ virtualClusterId: 'stolen', divisible: false, replicaSets: { '4c8g': 1 }, revision: 0 }),
  },
  { name: 'a delete of the published API', method: 'DELETE', path: `/virtual_clusters/${THERE}`, body: '' },
];

/** The write as bytes, with these headers besides its length. */
export function bytesOf(
  { method, path, body }: Pick<Write, 'method' | 'path' | 'body'>,
  headers: readonly string[],
): string {
  const length = body === '' ? [] : [`Content-Length: ${String(Buffer.byteLength(body))}`];
  return [`${method} ${path} HTTP/1.1`, ...headers, ...length, 'Connection: close', '', body].join('\r\n');
}
