import { promisify } from 'node:util';
import { brotliCompress, constants, deflateRawSync, gzip } from 'node:zlib';
import { acceptsEncoding } from '../../backend/web/accept-encoding.ts';

export type Encoding = 'br' | 'gzip';

/** Below this a reply weighs no less packed, in bytes. */
export const MIN_COMPRESSED_BYTES = 1_000;

/** A reply of more bytes goes out as it is, as it comes: nobody holds it whole to pack it. */
const MAX_COMPRESSED_BYTES = 8_000_000;

/** What is worth packing, and comes whole: neither a stream of events nor an export that is written as it is read. */
const compressible = /^(?:text\/(?!event-stream)|application\/(?:json\b|manifest)|image\/svg)/;

/** Quick enough to pack each answer anew: 100 kB of a fleet takes a millisecond or two. */
const FAST_QUALITY = 4;

/** The best encoding that the client takes; null for none. */
export function encodingFor(headers: Headers): Encoding | null {
  return acceptsEncoding(headers, 'br') ? 'br' : acceptsEncoding(headers, 'gzip') ? 'gzip' : null;
}

/** Whether a content type can be packed. */
export function isCompressible(contentType: string): boolean {
  return compressible.test(contentType);
}

export async function compress(
  bytes: Uint8Array,
  encoding: Encoding,
  quality = FAST_QUALITY,
): Promise<Uint8Array<ArrayBuffer>> {
  const params = { params: { [constants.BROTLI_PARAM_QUALITY]: quality } };
  const packed = encoding === 'br' ? await promisify(brotliCompress)(bytes, params) : await promisify(gzip)(bytes);
  return new Uint8Array(packed);
}

/**
 * The bytes as deflate blocks that refer to nothing before them, whole up to the last one: what is packed so once fits
 * into any gzip stream, wherever it stands in it.
 */
export function deflateIndependent(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }));
}

/** The reply as the client takes it best. What is packed already, or can't be, or says that it is short, stays as it is. */
export async function compressReply(request: Request, reply: Response): Promise<Response> {
  const { headers, status } = reply;
  if (headers.has('Content-Encoding') || !isCompressible(headers.get('Content-Type') ?? '')) return reply;
  headers.append('Vary', 'Accept-Encoding');
  const encoding = encodingFor(request.headers);
  const isShort = Number(headers.get('Content-Length') ?? MIN_COMPRESSED_BYTES) < MIN_COMPRESSED_BYTES;
  if (encoding === null || isShort || reply.body === null || request.method === 'HEAD') return reply;
  const reader = reply.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.byteLength;
    if (size > MAX_COMPRESSED_BYTES) return new Response(resumeBody(parts, reader), { status, headers });
  }
  const bytes = Buffer.concat(parts, size);
  if (size < MIN_COMPRESSED_BYTES) return new Response(bytes, { status, headers });
  headers.set('Content-Encoding', encoding);
  headers.delete('Content-Length');
  return new Response(await compress(bytes, encoding), { status, headers });
}

/** What was read already, and whatever comes after it. */
function resumeBody(
  parts: readonly Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
