import { randomUUID } from 'node:crypto';
import { createBackend, type Backend } from '../backend/backend.ts';
import { localAccess } from '../backend/access.ts';
import { createMemoryChangeLog } from '../backend/change-log.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import { createRay } from '../ray/client.ts';
import { createSimulator } from '../simulator/simulator.ts';
import type { Options } from './options.ts';
import { createRayFetch } from './ray-fetch.ts';
import { createSystemClock } from './system-clock.ts';

/** The most changes that are remembered. */
const KEPT_CHANGES = 2_000;

/** The back end over the Ray that was asked for, or over the bundled simulator. */
export function createConsoleBackend(
  options: Pick<Options, 'rayAddress' | 'readOnly' | 'allowedHosts' | 'seed' | 'scenario'>,
  files: FetchHandler | null,
  consoleVersion: string,
): Backend {
  const clock = createSystemClock();
  const { rayAddress, seed, scenario } = options;
  const simulator = rayAddress === null ? createSimulator({ seed, clock, ...(scenario === null ? {} : { scenario }) }) : null;
  const ray = createRay({
    fetch: simulator?.ray ?? createRayFetch(),
    address: rayAddress ?? 'http://simulator',
    clock,
    unique: randomUUID,
  });
  return createBackend({
    ray,
    rayAddress: rayAddress ?? 'simulator',
    simulator: simulator?.control ?? null,
    store: createMemoryChangeLog({ most: KEPT_CHANGES, startedAt: clock.now() }),
    access: localAccess({ readOnly: options.readOnly }),
    clock,
    ids: randomUUID,
    files,
    consoleVersion,
    allowedHosts: options.allowedHosts,
  });
}
