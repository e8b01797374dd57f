/** A write that the console accepts unless an attack alters its request line, headers or body. */
export interface Write {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A virtual cluster of the simulated fleet. */
const EXISTING_CLUSTER = 'serving';

/** One write for each route through which the console writes to Ray. */
export const writes: readonly Write[] = [
  {
    name: 'a change',
    method: 'PUT',
    path: '/api/changes/00000000-0000-4000-8000-000000000001',
    body: JSON.stringify({ kind: 'delete', clusterId: EXISTING_CLUSTER, base: null }),
  },
  {
    name: 'a save through the Ray API',
    method: 'POST',
    path: '/virtual_clusters',
    body: JSON.stringify({ virtualClusterId: 'stolen', divisible: false, replicaSets: { '4c8g': 1 }, revision: 0 }),
  },
  { name: 'a delete through the Ray API', method: 'DELETE', path: `/virtual_clusters/${EXISTING_CLUSTER}`, body: '' },
];

/** The write as raw HTTP, with these headers and its `Content-Length`. */
export function bytesOf(
  { method, path, body }: Pick<Write, 'method' | 'path' | 'body'>,
  headers: readonly string[],
): string {
  const length = body === '' ? [] : [`Content-Length: ${String(Buffer.byteLength(body))}`];
  return [`${method} ${path} HTTP/1.1`, ...headers, ...length, 'Connection: close', '', body].join('\r\n');
}
