import { promisify } from 'node:util';
import { brotliCompress, constants, deflateRawSync, gzip } from 'node:zlib';
import { acceptsEncoding } from '../../backend/web/accept-encoding.ts';

export type Encoding = 'br' | 'gzip';

/** Smaller replies do not shrink, bytes. */
export const MIN_COMPRESSED_BYTES = 1_000;

/** Larger replies are streamed uncompressed, so that they are never held whole, bytes. */
const MAX_COMPRESSED_BYTES = 8_000_000;

/** Text that arrives whole: neither an event stream nor an export that is written while it is read. */
const compressible = /^(?:text\/(?!event-stream)|application\/(?:json\b|manifest)|image\/svg)/;

/** Brotli quality for replies that are compressed on every request: 1 to 2 ms for 100 kB of a fleet. */
const FAST_QUALITY = 4;

/** The best encoding that the client accepts; null for none. */
export function encodingFor(headers: Headers): Encoding | null {
  return acceptsEncoding(headers, 'br') ? 'br' : acceptsEncoding(headers, 'gzip') ? 'gzip' : null;
}

/** Whether replies of a content type shrink. */
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

/** Deflate blocks that refer to nothing before them: compressed once, they can be spliced into any gzip stream. */
export function deflateIndependent(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }));
}

/** Compresses a reply as the client accepts it. A reply that is encoded already, incompressible or short stays as it is. */
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

/** The parts that were read already, then the rest. */
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
