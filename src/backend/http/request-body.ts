import { principalKey, type Principal } from '../auth/authenticator.ts';
import { createShares } from '../concurrency/shares.ts';
import { problemReply } from '../web/problem-reply.ts';

/** Largest request body, in bytes. */
export const MAX_BODY_BYTES = 1_000_000;

/** Largest body of somebody who is not known yet, in bytes: a sign-in link's token. So small that nobody's share is needed. */
const MAX_SIGN_IN_BYTES = 4_096;

/** Bodies held at once, from their first byte to the reply, in bytes; and what one principal may hold of what is left of it. */
const HELD = { capacity: 32_000_000, ratio: 1 / 8 };

/** A body as text. `release` when the request has been answered. */
interface HeldBody {
  readonly text: string;
  release(): void;
}

/** Reads requests' bodies, and bounds what is held of all of them. */
export interface RequestBodies {
  /** The body of a principal's request; or why it is not read, as a reply. */
  read(request: Request, principal: Principal): Promise<HeldBody | Response>;
  /** The body of a sign-in. */
  readSignIn(request: Request): Promise<string | Response>;
}

export function createRequestBodies(): RequestBodies {
  const shares = createShares(HELD);

  return {
    async read(request, principal) {
      const holder = principalKey(principal);
      let taken = 0;
      const take = (bytes: number): Response | null => {
        const outcome = shares.take(holder, bytes);
        if (outcome !== 'taken') return tooMuchAtOnce(outcome);
        taken += bytes;
        return null;
      };
      const release = () => {
        shares.release(holder, taken);
        taken = 0;
      };
      const bytes = await readBytes(request, MAX_BODY_BYTES, take);
      if (bytes instanceof Uint8Array) return { text: new TextDecoder().decode(bytes), release };
      release();
      return bytes;
    },
    async readSignIn(request) {
      const bytes = await readBytes(request, MAX_SIGN_IN_BYTES, () => null);
      return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : bytes;
    },
  };
}

export function bodyTooLarge(max = MAX_BODY_BYTES): Response {
  return problemReply(413, 'too-large', `This request may hold at most ${max.toLocaleString('en')} bytes.`);
}

function tooMuchAtOnce(why: 'share-used' | 'full'): Response {
  const headers = { 'Retry-After': '1' };
  return why === 'share-used'
    ? problemReply(
        429,
        'too-much-at-once',
        'You send too much at once. Nothing was done; try again in a second.',
        headers,
      )
    : problemReply(503, 'busy', 'Too much is sent at once. Nothing was done; try again in a second.', headers);
}

/** `take`: called before bytes are read; a reply when they may not be. */
async function readBytes(
  request: Request,
  max: number,
  take: (bytes: number) => Response | null,
): Promise<Uint8Array | Response> {
  const declared = request.headers.get('Content-Length');
  return declared === null ? readStream(request, max, take) : readDeclared(request, Number(declared), max, take);
}

/** One whose length its head says. A server's request has it sooner at once than as a stream. */
async function readDeclared(
  request: Request,
  length: number,
  max: number,
  take: (bytes: number) => Response | null,
): Promise<Uint8Array | Response> {
  if (!(length >= 0 && length <= max)) return bodyTooLarge(max);
  const refusal = take(length);
  if (refusal !== null) return refusal;
  try {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.byteLength > max ? bodyTooLarge(max) : bytes;
  } catch {
    return bodyCut();
  }
}

async function readStream(
  request: Request,
  max: number,
  take: (bytes: number) => Response | null,
): Promise<Uint8Array | Response> {
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      const refusal = size > max ? bodyTooLarge(max) : take(value.byteLength);
      if (refusal !== null) {
        await reader.cancel();
        return refusal;
      }
      parts.push(value);
    }
  } catch {
    return bodyCut();
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.byteLength;
  }
  return body;
}

function bodyCut(): Response {
  return problemReply(400, 'body-cut', 'The request ended before its body did.');
}
