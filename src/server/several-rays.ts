import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { accessInRay, tokenGrantInRay } from '../backend/auth/ray-access.ts';
import type { Backend } from '../backend/backend.ts';
import type { Authenticator, Peer } from '../backend/auth/authenticator.ts';
import type { TokenGrant } from '../backend/auth/author-right.ts';
import { delay } from '../backend/concurrency/with-timeout.ts';
import { createRequestBodies } from '../backend/http/request-body.ts';
import { createStreamRoom } from '../backend/http/stream-room.ts';
import { createSharedPace } from '../backend/polling/shared-pace.ts';
import { createRaysConsole } from '../backend/http/rays-console.ts';
import { createRaysOverview, type RayProgress } from '../backend/http/rays-overview.ts';
import { rayPath } from '../contract/ray-path.ts';
import type { Options } from './cli/options.ts';
import type { Pages } from './http/static-files.ts';
import { createRayBackend, type CommonParts } from './ray-backend.ts';
import { openRayFiles } from './ray-files.ts';
import type { RayPlace } from './ray-place.ts';
import type { RayConnection } from './ray/ray-connection.ts';

/** A Ray with a name, and the way to it. */
export type ConnectedRay = RayPlace & { readonly name: string; readonly connection: RayConnection };

/** The consoles of several Rays in one process. */
export interface SeveralRays {
  fetch(request: Request, from: Peer): Promise<Response>;
  /** Opens the back ends one after another; others, and requests, get their turn between any two. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** How often, and how many times, a journal that another process has locked is tried again, ms. */
const UNLOCK_EVERY = 300;
const UNLOCK_TRIES = 10;

function isLocked(now: RayProgress): boolean {
  return now.kind === 'not-opened' && now.cause?.code === 'journal-in-use';
}

/** A Ray whose files can't be opened says so on its card: the others are served all the same. */
export function createSeveralRays(
  rays: readonly ConnectedRay[],
  options: Options,
  parts: CommonParts & {
    readonly pages: Pages | null;
    readonly access: Authenticator;
    readonly tokenGrant: TokenGrant;
    /** Called with one line for people. */
    readonly warn: (line: string) => void;
  },
): SeveralRays {
  const { pages, access, tokenGrant, warn, ...common } = parts;
  const { clock, observability, consoleVersion } = common;
  const { basePath, allowedHosts } = options;
  const progress = new Map<string, RayProgress>();
  const shared = { bodies: createRequestBodies(), streams: createStreamRoom(), pace: createSharedPace() };
  const mounted = rays.map(({ name, rayAddress }) => ({
    name,
    address: rayAddress ?? 'simulator',
    simulated: rayAddress === null,
    progress: () => progress.get(name) ?? ({ kind: 'opening' } as const),
  }));
  const overview = createRaysOverview(mounted, clock);
  const fetch = createRaysConsole({
    rays: mounted,
    overview,
    access,
    bodies: shared.bodies,
    files: pages?.at(basePath, { page: 'rays' }) ?? null,
    allowedHosts,
    basePath,
    newNonce: randomUUID,
    consoleVersion,
    clock,
  });
  const open: Backend[] = [];
  let isClosing = false;

  async function openRay(ray: ConnectedRay): Promise<RayProgress> {
    // A lock is waited for without standing still, as the others are served meanwhile.
    const opened = await openRayFiles(ray.file, options, clock, 0);
    if (!opened.ok) return { kind: 'not-opened', because: opened.message, cause: opened.cause };
    const { files } = opened;
    for (const line of files.warnings) warn(`${ray.name}: ${line}`);
    const own = rayPath(basePath, ray.name);
    try {
      const backend = createRayBackend(ray, options, {
        ...common,
        files,
        pages: pages?.at(own, { assets: basePath }) ?? null,
        connection: ray.connection,
        access: accessInRay(access, ray.name),
        tokenGrant: tokenGrantInRay(tokenGrant, ray.name),
        basePath: own,
        among: { rayName: ray.name, rays: overview, shared },
      });
      open.push(backend);
      return { kind: 'open', backend };
    } catch (error) {
      await files.close();
      return {
        kind: 'not-opened',
        because: error instanceof Error ? error.message : 'It can not tell why.',
        cause: null,
      };
    }
  }

  function settle(ray: ConnectedRay, now: RayProgress): void {
    progress.set(ray.name, now);
    if (now.kind !== 'not-opened') return;
    warn(`${ray.name}: ${now.because}`);
    observability.log('error', 'ray-not-opened', { ray: ray.name, detail: now.because });
  }

  /** A console that is shutting down unlocks its files soon. */
  async function openUnlocked(ray: ConnectedRay): Promise<void> {
    for (let tries = 1; !isClosing; tries += 1) {
      await delay(clock, UNLOCK_EVERY);
      if (isClosing) return;
      const now = await openRay(ray);
      if (isLocked(now) && tries < UNLOCK_TRIES) continue;
      settle(ray, now);
      return;
    }
  }

  return {
    fetch,
    async open() {
      const locked: Promise<void>[] = [];
      for (const ray of rays) {
        await setImmediate();
        if (isClosing) return;
        const now = await openRay(ray);
        if (isLocked(now)) locked.push(openUnlocked(ray));
        else settle(ray, now);
      }
      await Promise.all(locked);
    },
    async close() {
      isClosing = true;
      await Promise.all(open.map((backend) => backend.close()));
    },
  };
}
