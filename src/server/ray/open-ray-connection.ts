import { readFileSync } from 'node:fs';
import type { BufferPool } from './buffer-pool.ts';
import { createRayConnection, type RayConnection } from './ray-connection.ts';
import { rayTokenIn, rayTokenSource, withRayToken } from './ray-token.ts';

/** Connects to Ray with its certificate authority and token, where they are configured; or one line on what is wrong with them. `buffers`: as for it. */
export function openRayConnection(
  {
    rayCa,
    rayAddress,
    readOnly,
    rayTokenFile,
  }: {
    readonly rayCa: string | null;
    readonly rayAddress: string | null;
    readonly readOnly: boolean;
    /** Of several Rays each has its own, or none; left out: as Ray's own tools find it. */
    readonly rayTokenFile?: string | null;
  },
  env: Readonly<Record<string, string | undefined>>,
  buffers?: BufferPool,
): { readonly ok: true; readonly ray: RayConnection } | { readonly ok: false; readonly message: string } {
  let ca: string | null = null;
  try {
    if (rayCa !== null) ca = readFileSync(rayCa, 'utf8');
  } catch {
    return {
      ok: false,
      message: `The authority of Ray's certificate can't be read from ${rayCa ?? ''}${rayTokenFile === undefined ? ' (--ray-ca)' : ''}.`,
    };
  }
  const token = rayTokenFile === undefined ? rayTokenSource(env) : rayTokenIn(rayTokenFile);
  if (!token.ok) return token;
  const ray = createRayConnection({
    ca,
    address: readOnly ? null : rayAddress,
    ...(buffers === undefined ? {} : { buffers }),
  });
  return { ok: true, ray: token.from === null ? ray : { ...ray, transport: withRayToken(ray.transport, token.from) } };
}
