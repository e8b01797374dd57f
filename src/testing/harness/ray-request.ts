import type { RayReply, RayRequest } from '../../ray/client/transport.ts';

/** A request to Ray: by default a plain read. */
export function rayRequest(url: string, overrides: Partial<Omit<RayRequest, 'url'>> = {}): RayRequest {
  return {
    url: new URL(url),
    method: 'GET',
    headers: {},
    body: null,
    signal: new AbortController().signal,
    ...overrides,
  };
}

/** The whole body of a reply as text. */
export async function textOf({ body }: RayReply): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(Uint8Array.from(part));
  return new TextDecoder().decode(Buffer.concat(parts));
}
