import type { Server } from 'node:http';
import type { Authenticator, Peer } from '../../backend/auth/authenticator.ts';
import type { Clock } from '../../clock.ts';
import { createConsoleMetrics } from './console-metrics.ts';
import { withHealth, type RayReadiness } from './health.ts';
import { createLog, type Log, type LogLevel } from './log.ts';
import { createMetricsServer } from './metrics-server.ts';
import { observeRequests } from './observed-requests.ts';
import { createRayObservability, type RayObservability, type ObservedRayParts } from './ray-observability.ts';

type Handle = (request: Request, from: Peer) => Promise<Response>;

/** Logs, metrics and health checks of one console: decorators for its parts. */
export interface Observability {
  readonly log: Log;
  /** Of one Ray. `name`: among several, its label and its field in the log; null for the only one. */
  ofRay(name: string | null, parts: ObservedRayParts): RayObservability;
  authenticator(access: Authenticator): Authenticator;
  /** For the authenticator: a wrong or old token, link or session. `report`: how often it failed, when that is to be logged. */
  recordFailure(from: Peer, report: number | null): void;
  handle(handle: Handle): (request: Request, from: Peer, incoming?: object) => Promise<Response>;
  watch(server: Server): void;
  metricsServer(): Server;
  /** From now on only health checks are answered; everything else gets 503. */
  markStopping(): void;
  /** Resolves when every request received so far, except event streams, has been answered. */
  drained(): Promise<void>;
  close(): void;
}

export function createObservability(parts: {
  readonly level: LogLevel;
  readonly clock: Clock;
  readonly consoleVersion: string;
  readonly write: (line: string) => void;
  /** The Ray whose console answers at a path; left out: there is only one. */
  readonly rayAt?: (path: string) => string | null;
  /** The Rays by name; left out: there is only one. */
  readonly rays?: readonly string[];
}): Observability {
  const { clock, rayAt = () => null } = parts;
  const log = createLog({ level: parts.level, now: clock.now, write: parts.write });
  let isStopping = false;
  const readiness = new Map<string | null, RayReadiness>();
  const requests = observeRequests({ metrics: () => metrics, log, rayAt });
  const metrics = createConsoleMetrics({ consoleVersion: parts.consoleVersion, watchers: requests.watchers });
  return {
    log,
    ofRay(name, of) {
      const ray = createRayObservability({ ...of, name, clock, log, metrics });
      readiness.set(name, ray.readiness);
      return ray;
    },
    authenticator: requests.authenticator,
    recordFailure: requests.recordFailure,
    handle(handle) {
      const answer = withHealth(handle, {
        rayOf: (name) => readiness.get(name) ?? null,
        names: parts.rays ?? null,
        stopping: () => isStopping,
      });
      return (request, from, incoming) => {
        if (incoming !== undefined) requests.associate(incoming, from);
        return answer(request, from);
      };
    },
    watch: requests.watch,
    metricsServer: () => createMetricsServer(metrics),
    markStopping() {
      isStopping = true;
    },
    drained: requests.drained,
    close: metrics.close,
  };
}
