import type { Authenticator } from '../backend/auth/authenticator.ts';
import type { TokenGrant } from '../backend/auth/author-right.ts';
import { rayPath } from '../contract/ray-path.ts';
import { errorText } from './cli/print.ts';
import type { Options } from './cli/options.ts';
import type { Pages } from './http/static-files.ts';
import { createRayBackend, type CommonParts } from './ray-backend.ts';
import { openRayFiles } from './ray-files.ts';
import type { RayPlace } from './ray-place.ts';
import { createBufferPool } from './ray/buffer-pool.ts';
import { openRayConnection } from './ray/open-ray-connection.ts';
import { createSeveralRays, type ConnectedRay, type SeveralRays } from './several-rays.ts';

/** The back ends behind the server: that of the only Ray, or those of several. */
type ServedRays = Pick<SeveralRays, 'fetch' | 'open' | 'close'>;

type Parts = CommonParts & {
  readonly pages: Pages | null;
  readonly access: Authenticator;
  readonly tokenGrant: TokenGrant;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called with one line for people. */
  readonly warn: (line: string) => void;
};

/** What is wrong with tokens and authorities is reported before anything listens; the only Ray's files are opened before, too. */
export async function createServedRays(
  places: readonly [RayPlace, ...RayPlace[]],
  options: Options,
  { env, ...parts }: Parts,
): Promise<{ readonly ok: true; readonly rays: ServedRays } | { readonly ok: false; readonly message: string }> {
  const [first] = places;
  if (first.name === null) return createOnlyRay(first, options, { env, ...parts });
  const connected: ConnectedRay[] = [];
  const buffers = createBufferPool();
  for (const { name, ...place } of places) {
    const connection = openRayConnection({ ...place, readOnly: options.readOnly }, env, buffers);
    if (!connection.ok) return { ok: false, message: `${name ?? ''}: ${connection.message}` };
    connected.push({ ...place, name: name ?? '', connection: connection.ray });
  }
  return { ok: true, rays: createSeveralRays(connected, options, parts) };
}

async function createOnlyRay(
  place: RayPlace,
  options: Options,
  { env, pages, warn, ...parts }: Parts,
): ReturnType<typeof createServedRays> {
  const opened = await openRayFiles(place.file, options, parts.clock);
  if (!opened.ok) return opened;
  const { files } = opened;
  for (const line of files.warnings) warn(line);
  const connection = openRayConnection({ ...place, readOnly: options.readOnly }, env);
  if (!connection.ok) {
    await files.close();
    return connection;
  }
  const { basePath } = options;
  try {
    const of = { ...parts, files, pages: pages?.at(basePath) ?? null, connection: connection.ray, basePath };
    const { fetch, close } = createRayBackend(place, options, of);
    return { ok: true, rays: { fetch, close, open: () => Promise.resolve() } };
  } catch (error) {
    await files.close();
    // A scenario that the simulator doesn't know.
    return { ok: false, message: `The console can't start: ${errorText(error)}` };
  }
}

/** Which Rays there are, for the first line on the terminal and for the log. */
export function describeRays(places: readonly [RayPlace, ...RayPlace[]]): {
  readonly forPeople: string;
  readonly forLog: string;
} {
  const [{ name, rayAddress }] = places;
  if (name === null)
    return {
      forPeople: rayAddress === null ? 'simulated Ant Ray' : `Ant Ray at ${rayAddress}`,
      forLog: rayAddress ?? 'simulator',
    };
  const names = places.map((each) => each.name).join(', ');
  return { forPeople: `${String(places.length)} Rays: ${names}`, forLog: names };
}

/** Finds the Ray of several whose console answers at a path. */
export function rayNameAt(
  basePath: string,
  rays: readonly { readonly name: string }[],
): (path: string) => string | null {
  const below = rays.map(({ name }) => ({ name, path: rayPath(basePath, name) }));
  return (path) => below.find((each) => path.startsWith(each.path))?.name ?? null;
}
