import { readFileSync } from 'node:fs';
import type { Options } from '../cli/options.ts';
import { createRayConnection, type RayConnection } from './ray-connection.ts';
import { rayTokenSource, withRayToken } from './ray-token.ts';

/** How Ray is reached: by its own authority and with its own token, where it has them; or one line on what is wrong with these. */
export function openRayConnection(
  { rayCa, rayAddress, readOnly }: Pick<Options, 'rayCa' | 'rayAddress' | 'readOnly'>,
  env: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly ray: RayConnection } | { readonly ok: false; readonly message: string } {
  let ca: string | null = null;
  try {
    if (rayCa !== null) ca = readFileSync(rayCa, 'utf8');
  } catch {
    return { ok: false, message: `The authority of Ray's certificate can't be read from ${rayCa ?? ''} (--ray-ca).` };
  }
  const token = rayTokenSource(env);
  if (!token.ok) return token;
  const ray = createRayConnection({ ca, address: readOnly ? null : rayAddress });
  return { ok: true, ray: token.from === null ? ray : { ...ray, transport: withRayToken(ray.transport, token.from) } };
}
