import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { createBackend, type Backend, type BackendParts } from '../backend/backend.ts';
import type { UsageParts } from '../backend/usage/usage-recording.ts';
import { createLocalAuthenticator, type Authenticator } from '../backend/auth/authenticator.ts';
import type { TokenGrant } from '../backend/auth/author-right.ts';
import type { ChangeLog } from '../backend/journal/change-log.ts';
import type { ProfileLog } from '../backend/journal/profile-log.ts';
import type { ObservationLog } from '../backend/journal/observation-log.ts';
import type { PlanStore } from '../backend/plans/plan-store.ts';
import { createWritePriority } from '../backend/polling/write-priority.ts';
import type { Clock } from '../clock.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import { createRay } from '../ray/client/client.ts';
import { overFetch } from '../ray/client/transport.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { deflateIndependent } from './http/compression.ts';
import type { Observability } from './observability/observability.ts';
import type { RayObservability } from './observability/ray-observability.ts';
import type { Options } from './cli/options.ts';
import { createRayConnection, type RayConnection } from './ray/ray-connection.ts';

/** The back end over the configured Ray, or over the bundled simulator. */
export function createConsoleBackend(
  options: Pick<
    Options,
    'rayAddress' | 'rayDashboardUrl' | 'readOnly' | 'allowedHosts' | 'basePath' | 'seed' | 'scenario'
  >,
  parts: {
    readonly store: ChangeLog;
    /** Left out: profiles are kept in memory. */
    readonly profiles?: ProfileLog;
    /** As for the back end. */
    readonly observations?: ObservationLog;
    readonly planStore?: PlanStore;
    readonly clock: Clock;
    readonly files: FetchHandler | null;
    /** Left out: everybody who reaches the console is an administrator. */
    readonly access?: Authenticator;
    /** What a token may do now; left out: nothing is known of tokens. */
    readonly tokenGrant?: TokenGrant;
    /** Left out: a plain connection without a token. */
    readonly connection?: RayConnection;
    readonly consoleVersion: string;
    /** Wraps Ray and the authenticator with metrics and logs. */
    readonly observe?: Pick<RayObservability, 'ray'> & Partial<Pick<Observability, 'authenticator'>>;
    /** For one of several Rays: as for the back end. */
    readonly among?: Pick<BackendParts, 'rayName' | 'rays' | 'shared'>;
    /** Left out: usage is not kept. */
    readonly usage?: UsageParts;
    /** As for the back end; only tests shorten it. */
    readonly giveUpAfter?: number;
  },
): Backend {
  const {
    clock,
    connection = createRayConnection({ address: options.rayAddress }),
    access = createLocalAuthenticator({ readOnly: options.readOnly }),
    observe,
    usage,
    among = {},
    ...rest
  } = parts;
  const { rayAddress, seed, scenario } = options;
  const simulator =
    rayAddress === null ? createSimulator({ seed, clock, ...(scenario === null ? {} : { scenario }) }) : null;
  const writePriority = createWritePriority(clock);
  const ray = createRay({
    ...(simulator === null ? connection : { transport: overFetch(simulator.ray) }),
    address: rayAddress ?? 'http://simulator',
    clock,
    uniqueToken: randomUUID,
    yieldToEventLoop: () => setImmediate(),
    yielderFor: writePriority.yielderFor,
  });
  return createBackend({
    ray: observe?.ray(ray) ?? ray,
    rayAddress: rayAddress ?? 'simulator',
    rayDashboardUrl: options.rayDashboardUrl,
    simulator: simulator?.control ?? null,
    ...(simulator === null ? {} : { simulatedProfiles: simulator.profiles() }),
    ...(usage === undefined ? {} : { usage: simulator === null ? usage : withPast(usage, simulator, clock.now()) }),
    access: observe?.authenticator?.(access) ?? access,
    ids: randomUUID,
    clock,
    writePriority,
    ...rest,
    ...among,
    allowedHosts: options.allowedHosts,
    basePath: options.basePath,
    deflate: deflateIndependent,
    yieldToEventLoop: () => setImmediate(),
  });
}

/** A simulated fleet has a past, with this machine's nights and weekends, so that charts are not empty at first. */
function withPast(usage: UsageParts, simulator: ReturnType<typeof createSimulator>, now: number): UsageParts {
  const offset = new Date(now).getTimezoneOffset();
  return {
    ...usage,
    simulatedPast: simulator.past(offset),
    simulatedDay: (day) => simulator.pastDay(offset, day),
  };
}
