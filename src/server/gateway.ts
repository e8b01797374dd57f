import { readFileSync } from 'node:fs';
import type { FetchHandler } from '../fetch-handler.ts';
import type { Options } from './options.ts';
import { createRayFetch } from './ray-fetch.ts';
import { rayTokenFrom, withRayToken } from './ray-token.ts';

/** How Ray is reached: by its own authority and with its own token, where it has them; or one line on what is wrong with these. */
export function openGateway(
  { rayCa }: Pick<Options, 'rayCa'>,
  env: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly fetch: FetchHandler } | { readonly ok: false; readonly message: string } {
  let ca: string | null = null;
  try {
    if (rayCa !== null) ca = readFileSync(rayCa, 'utf8');
  } catch {
    return { ok: false, message: `The authority of Ray's certificate can't be read from ${rayCa ?? ''} (--ray-ca).` };
  }
  const token = rayTokenFrom(env);
  if (!token.ok) return token;
  const fetch = createRayFetch({ ca });
  return { ok: true, fetch: token.from === null ? fetch : withRayToken(fetch, token.from) };
}
