import type { Clock } from '../../clock.ts';
import type { RayNotice } from '../../contract/fleet.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import type { ObservationLog } from '../journal/observation-log.ts';
import { createObservationRecorder } from '../journal/observation-recorder.ts';
import { createFleetObserver } from './fleet-observer.ts';
import type { FleetStore } from './fleet-store.ts';

/** Records what happens to the fleet without a change of this console: a node dies, others change it, Ray restarts. */
export interface FleetHistory {
  /** Records that the console stops, and writes what has been collected. */
  close(): Promise<void>;
}

/** Starts to record, with the start of the console and when it was last there: what happened between is not known. */
export function startFleetHistory(parts: {
  readonly store: FleetStore;
  readonly changeLog: Pick<ChangeLog, 'forRevision' | 'find' | 'read'>;
  readonly observations: ObservationLog;
  readonly clock: Clock;
  /** Whether this console may itself have removed a virtual cluster that is gone. */
  readonly mayHaveRemoved: (clusterId: string) => boolean;
  readonly notice: () => RayNotice | null;
}): FleetHistory {
  const { observations, clock, ...observed } = parts;
  const recorder = createObservationRecorder({ log: observations, clock });
  const startedAt = clock.now();
  const started = observations.findBefore({}, null, 1).then(
    ([last]) => recorder.record({ kind: 'console-started', lastAt: last?.at ?? null }, startedAt),
    () => recorder.record({ kind: 'console-started', lastAt: null }, startedAt),
  );
  const observer = createFleetObserver({ ...observed, recorder, clock });
  return {
    async close() {
      await started;
      await observer.close();
      recorder.record({ kind: 'console-stopped' }, clock.now());
      await recorder.close();
    },
  };
}
