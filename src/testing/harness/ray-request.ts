import type { RayReply, RayRequest } from '../../ray/client/transport.ts';

/** A request to Ray: a plain read, unless told otherwise. */
export function rayRequest(url: string, given: Partial<Omit<RayRequest, 'url'>> = {}): RayRequest {
  return { url: new URL(url), method: 'GET', headers: {}, body: null, signal: new AbortController().signal, ...given };
}

/** What a reply says, read to its end. */
export async function textOf({ body }: RayReply): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return new TextDecoder().decode(Buffer.concat(parts));
}
