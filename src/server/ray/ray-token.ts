import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RayRequest, RayTransport } from '../../ray/client/transport.ts';

/** Where Ray's token comes from. The token itself is never logged or shown. */
export type RayTokenSource =
  | { readonly kind: 'given'; readonly token: string }
  | { readonly kind: 'file'; readonly file: string };

/**
 * Ray's token where Ray's own tools look for it: `RAY_AUTH_TOKEN`, else the file `RAY_AUTH_TOKEN_PATH`, else
 * `~/.ray/auth_token`. Null for none, or one line on what is wrong. Nobody named the last one, so a useless file there is no
 * error: most Rays ask for no token.
 */
export function rayTokenSource(
  env: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly from: RayTokenSource | null } | { readonly ok: false; readonly message: string } {
  const given = env['RAY_AUTH_TOKEN']?.trim() ?? '';
  const file = env['RAY_AUTH_TOKEN_PATH'] ?? '';
  if (given !== '') {
    return isToken(given)
      ? { ok: true, from: { kind: 'given', token: given } }
      : { ok: false, message: 'RAY_AUTH_TOKEN holds characters that no token has.' };
  }
  if (file === '') {
    const usual = join(env['HOME'] ?? '', '.ray', 'auth_token');
    const isUsable = (env['HOME'] ?? '') !== '' && read(usual) !== null;
    return { ok: true, from: isUsable ? { kind: 'file', file: usual } : null };
  }
  return read(file) === null
    ? { ok: false, message: `No token of Ray's can be read from ${file} (RAY_AUTH_TOKEN_PATH).` }
    : { ok: true, from: { kind: 'file', file } };
}

/** The token of one Ray of several, in its own file; null: it asks for none. */
export function rayTokenIn(file: string | null): ReturnType<typeof rayTokenSource> {
  if (file === null) return { ok: true, from: null };
  return read(file) === null
    ? { ok: false, message: `No token of Ray's can be read from ${file}.` }
    : { ok: true, from: { kind: 'file', file } };
}

/**
 * Sends each request with Ray's token. After a 401 the token's file is read again, and a read is retried once if the token has
 * changed. A write is not retried: the 401 may have come from a proxy after Ray had taken the write.
 */
export function withRayToken(transport: RayTransport, from: RayTokenSource): RayTransport {
  let token = from.kind === 'given' ? from.token : (read(from.file) ?? '');
  const signed = (request: RayRequest): RayRequest =>
    token === '' ? request : { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
  return async (request) => {
    const reply = await transport(signed(request));
    if (reply.status !== 401 || from.kind === 'given') return reply;
    const next = read(from.file);
    if (next === null || next === token) return reply;
    token = next;
    if (request.method !== 'GET') return reply;
    // Closes the connection of the reply that nobody reads.
    await reply.body[Symbol.asyncIterator]().return?.();
    return transport(signed(request));
  };
}

function read(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return isToken(text) ? text : null;
  } catch {
    return null;
  }
}

function isToken(text: string): boolean {
  return /^[\x21-\x7e]{1,8192}$/.test(text);
}
