import type { Clock } from '../../clock.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { UsageSample } from '../../domain/usage-sample.ts';
import { addEarlierDay, type SimulatedDay } from './earlier-day.ts';
import { createUsageHistory, recordPast, type UsageHistory } from './usage-history.ts';
import { startUsageSampler } from './usage-sampler.ts';
import type { UsageStore } from './usage-store.ts';

/** `days`, `mostBytes`: how much is kept. */
export interface UsageParts {
  readonly store: UsageStore;
  readonly days: number;
  readonly mostBytes: number;
  /** Recorded first where nothing is kept yet, and marked as simulated. */
  readonly simulatedPast?: Iterable<UsageSample>;
  /** Makes up one more day before it. */
  readonly simulatedDay?: SimulatedDay;
  /** Called after each sample: with why it could not be kept, or null. */
  readonly onKept?: (error: unknown) => void;
}

/** Usage as a back end keeps it. */
export interface UsageRecording {
  readonly history: UsageHistory;
  /** Null over a real Ray: no day of its past can be made up. */
  readonly addPastDay: (() => Promise<number | null>) | null;
  /** Ends the sampling, and the store. */
  close(): Promise<void>;
}

/** Starts to sample a fleet. `fleet`: null while the list can't be read. */
export function startUsageRecording({
  store,
  days,
  mostBytes,
  simulatedPast,
  simulatedDay,
  onKept = () => undefined,
  clock,
  pause,
  fleet,
}: UsageParts & {
  readonly clock: Clock;
  readonly pause: () => Promise<void>;
  readonly fleet: () => { readonly fleet: Fleet; readonly readAt: number } | null;
}): UsageRecording {
  const history = createUsageHistory({ store, days, mostBytes, clock, pause });
  if (simulatedPast !== undefined) recordPast(history, store, simulatedPast);
  // The first chart that needs it tries again, and reports a failure.
  const caughtUp = history.catchUp().catch(() => undefined);
  const sampler = startUsageSampler({ history, clock, fleet, onKept });
  return {
    history,
    addPastDay:
      simulatedDay === undefined
        ? null
        : () => addEarlierDay({ history, store, simulate: simulatedDay, days, now: clock.now() }),
    async close() {
      await sampler.close();
      await caughtUp;
      store.close();
    },
  };
}
