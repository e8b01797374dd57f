import type { Server } from 'node:http';
import type { Authenticator, Peer } from '../../backend/auth/authenticator.ts';
import type { ChangeLog } from '../../backend/journal/change-log.ts';
import type { ProfileLog } from '../../backend/journal/profile-log.ts';
import type { Clock } from '../../clock.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { Ray } from '../../ray/client/ray.ts';
import { createConsoleMetrics } from './console-metrics.ts';
import { withHealth } from './health.ts';
import { createLog, type Log, type LogLevel } from './log.ts';
import { createMetricsServer } from './metrics-server.ts';
import { observeJournal } from './observed-journal.ts';
import { observeProfiles } from './observed-profiles.ts';
import { observeRay } from './observed-ray.ts';
import { observeRequests } from './observed-requests.ts';

type Handle = (request: Request, from: Peer) => Promise<Response>;

/** Logs, metrics and health checks of one console: decorators for its parts. */
export interface Observability {
  readonly log: Log;
  /** The journal, with its writes timed and its settled changes logged. */
  readonly store: ChangeLog;
  /** Owners of virtual clusters, with each edit logged. */
  profiles(store: ProfileLog): ProfileLog;
  ray(ray: Ray): Ray;
  authenticator(access: Authenticator): Authenticator;
  /** For the authenticator: a wrong or old token, link or session. `report`: how often it failed, when that is to be logged. */
  recordFailure(from: Peer, report: number | null): void;
  /** For usage: why its last sample could not be kept; null: it was. */
  recordUsage(error: unknown): void;
  handle(handle: Handle): (request: Request, from: Peer, incoming?: object) => Promise<Response>;
  watch(server: Server): void;
  /** `fleet`: for the metrics of each virtual cluster; null leaves these out. */
  metricsServer(fleet: (() => Fleet | null) | null): Server;
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
  readonly store: ChangeLog;
  readonly write: (line: string) => void;
}): Observability {
  const { clock } = parts;
  const log = createLog({ level: parts.level, now: clock.now, write: parts.write });
  let isListRead = false;
  let isStopping = false;
  let isUsageKept = true;
  const journal = observeJournal(parts.store, { metrics: () => metrics, log, clock });
  const requests = observeRequests({ metrics: () => metrics, log });
  const metrics = createConsoleMetrics({
    now: clock.now,
    consoleVersion: parts.consoleVersion,
    watchers: requests.watchers,
    openChanges: journal.openChanges,
    isUsageKept: () => isUsageKept,
  });
  return {
    log,
    store: journal.log,
    profiles: (store) => observeProfiles(store, log),
    ray(ray) {
      const observed = observeRay(ray, { metrics, log, clock });
      return {
        ...observed,
        async read(name, options) {
          const reading = await observed.read(name, options);
          if (name === 'list') isListRead ||= reading.ok;
          return reading;
        },
      };
    },
    authenticator: requests.authenticator,
    recordFailure: requests.recordFailure,
    recordUsage(error) {
      const isKept = error === null;
      if (isKept !== isUsageKept) {
        const detail = error instanceof Error ? error.message : 'unknown';
        if (isKept) log('info', 'usage-kept-again');
        else log('error', 'usage-not-kept', { detail });
      }
      isUsageKept = isKept;
    },
    handle(handle) {
      const answer = withHealth(handle, {
        listRead: () => isListRead,
        journalWritable: journal.isWritable,
        usageKept: () => isUsageKept,
        stopping: () => isStopping,
      });
      return (request, from, incoming) => {
        if (incoming !== undefined) requests.associate(incoming, from);
        return answer(request, from);
      };
    },
    watch: requests.watch,
    metricsServer(fleet) {
      if (fleet !== null) metrics.addClusters(fleet);
      return createMetricsServer(metrics);
    },
    markStopping() {
      isStopping = true;
    },
    drained: requests.drained,
    close: metrics.close,
  };
}
