import type { ChangeLog } from '../../backend/journal/change-log.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createInMemoryProfileLog } from '../../backend/journal/in-memory-profile-log.ts';
import {
  createInMemoryObservationLog,
  MAX_OBSERVED_DAYS,
  type ObservationLog,
} from '../../backend/journal/observation-log.ts';
import { createInMemoryPlanStore } from '../../backend/plans/in-memory-plan-store.ts';
import type { PlanStore } from '../../backend/plans/plan-store.ts';
import type { ProfileLog } from '../../backend/journal/profile-log.ts';
import type { Clock } from '../../clock.ts';

/** What one journal keeps: all in one file, which the change log closes, or all in memory. */
export interface JournalStores {
  readonly log: ChangeLog;
  readonly profiles: ProfileLog;
  readonly observations: ObservationLog;
  readonly plans: PlanStore;
}

/** The most settled changes that are kept in memory: about 2 MB. */
const MAX_CHANGES_IN_MEMORY = 2_000;
const MAX_OBSERVATIONS_IN_MEMORY = 2_000;

/** A journal that ends with the process. `days`: how long settled changes are kept. */
export function createInMemoryStores({ clock, days }: { readonly clock: Clock; readonly days: number }): JournalStores {
  return {
    log: createInMemoryChangeLog({ clock, days, most: MAX_CHANGES_IN_MEMORY }),
    profiles: createInMemoryProfileLog({ clock, days }),
    observations: createInMemoryObservationLog({
      clock,
      days: Math.min(days, MAX_OBSERVED_DAYS),
      most: MAX_OBSERVATIONS_IN_MEMORY,
    }),
    plans: createInMemoryPlanStore(),
  };
}
