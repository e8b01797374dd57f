import type { ChangeLog } from '../../backend/journal/change-log.ts';
import type { ProfileLog } from '../../backend/journal/profile-log.ts';
import type { Clock } from '../../clock.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { Ray } from '../../ray/client/ray.ts';
import type { ConsoleMetrics } from './console-metrics.ts';
import type { RayReadiness } from './health.ts';
import type { Log } from './log.ts';
import { observeJournal } from './observed-journal.ts';
import { observeProfiles } from './observed-profiles.ts';
import { observeRay } from './observed-ray.ts';
import type { RayMetrics } from './ray-metrics.ts';

export interface ObservedRayParts {
  readonly store: ChangeLog;
}

/** Logs, metrics and readiness of one Ray's console. */
export interface RayObservability {
  /** The journal, with its writes timed and its settled changes logged. */
  readonly store: ChangeLog;
  /** Owners of virtual clusters, with each edit logged. */
  profiles(store: ProfileLog): ProfileLog;
  ray(ray: Ray): Ray;
  /** For usage: why its last sample could not be kept; null: it was. */
  recordUsage(error: unknown): void;
  /** Adds the metrics of each virtual cluster. */
  addClusters(fleet: () => Fleet | null): void;
  readonly readiness: RayReadiness;
}

export function createRayObservability(
  parts: ObservedRayParts & {
    readonly name: string | null;
    readonly clock: Clock;
    readonly log: Log;
    readonly metrics: ConsoleMetrics;
  },
): RayObservability {
  const { name, clock } = parts;
  const log: Log =
    name === null ? parts.log : (level, event, fields) => parts.log(level, event, { ray: name, ...fields });
  let isListRead = false;
  let isUsageKept = true;
  const journal = observeJournal(parts.store, { metrics: () => metrics, log, clock });
  const metrics: RayMetrics = parts.metrics.ofRay(name, {
    now: clock.now,
    openChanges: journal.openChanges,
    isUsageKept: () => isUsageKept,
  });
  return {
    store: journal.log,
    profiles: (store) => observeProfiles(store, log),
    ray(ray) {
      const observed = observeRay(ray, { metrics, log, clock });
      return {
        ...observed,
        async read(source, options) {
          const reading = await observed.read(source, options);
          if (source === 'list') isListRead ||= reading.ok;
          return reading;
        },
      };
    },
    recordUsage(error) {
      const isKept = error === null;
      if (isKept !== isUsageKept) {
        const detail = error instanceof Error ? error.message : 'unknown';
        if (isKept) log('info', 'usage-kept-again');
        else log('error', 'usage-not-kept', { detail });
      }
      isUsageKept = isKept;
    },
    addClusters: metrics.addClusters,
    readiness: { listRead: () => isListRead, journalWritable: journal.isWritable, usageKept: () => isUsageKept },
  };
}
