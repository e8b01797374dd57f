import { randomUuid } from '../app/browser-ids.ts';
import { createLocalAuthenticator } from '../backend/auth/authenticator.ts';
import { createBackend, type Backend } from '../backend/backend.ts';
import { createInMemoryChangeLog } from '../backend/journal/in-memory-change-log.ts';
import { createWritePriority } from '../backend/polling/write-priority.ts';
import { createInMemoryUsageStore } from '../backend/usage/in-memory-usage-store.ts';
import type { Clock } from '../clock.ts';
import { createRay } from '../ray/client/client.ts';
import { overFetch } from '../ray/client/transport.ts';
import { createSimulator } from '../simulator/simulator.ts';

const DAYS = 400;
const MAX_CHANGES = 2_000;
const MAX_BYTES = 50_000_000;

/** The console over its simulated Ray, with a month that is made up: all in memory, without a server. */
export function createDemoConsole(parts: {
  readonly clock: Clock;
  readonly consoleVersion: string;
  readonly seed: number;
  /** The zone whose nights and weekends the past has, minutes west of UTC. */
  readonly zone: number;
  readonly yieldToEventLoop: () => Promise<void>;
}): Backend {
  const { clock, zone, yieldToEventLoop } = parts;
  const simulator = createSimulator({ seed: parts.seed, clock });
  const writePriority = createWritePriority(clock);
  return createBackend({
    ray: createRay({
      transport: overFetch((request) => simulator.ray(withUserAgent(request))),
      address: 'http://simulator',
      clock,
      uniqueToken: randomUuid,
      yieldToEventLoop,
      yielderFor: writePriority.yielderFor,
    }),
    rayAddress: 'simulator',
    simulator: simulator.control,
    simulatedProfiles: simulator.profiles(),
    writePriority,
    store: createInMemoryChangeLog({ clock, days: DAYS, most: MAX_CHANGES }),
    usage: {
      store: createInMemoryUsageStore(),
      days: DAYS,
      mostBytes: MAX_BYTES,
      simulatedPast: simulator.past(zone),
      simulatedDay: (day) => simulator.pastDay(zone, day),
    },
    access: createLocalAuthenticator({ readOnly: false }),
    clock,
    ids: randomUuid,
    files: null,
    consoleVersion: parts.consoleVersion,
    yieldToEventLoop,
  });
}

/** Browsers drop this header, without which Ray answers nothing; a header that belongs to no request is kept. */
function withUserAgent(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.set('User-Agent', 'virtual-cluster-console');
  return Object.defineProperty(request, 'headers', { value: headers });
}
