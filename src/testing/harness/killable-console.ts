import type { ChangeLog } from '../../backend/journal/change-log.ts';
import type { PlanStore } from '../../backend/plans/plan-store.ts';
import type { Clock } from '../../clock.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import { createRay } from '../../ray/client/client.ts';
import { overFetch } from '../../ray/client/transport.ts';
import { createTestConsole } from './test-console.ts';
import type { HandClock } from './hand-clock.ts';

/**
 * A console that can be killed: from then on it sends and stores nothing, receives nothing, and no timer of its runs. Another one
 * on the same stores is the console started again.
 */
export function createKillableConsole(parts: {
  readonly ray: FetchHandler;
  readonly clock: HandClock;
  readonly log: ChangeLog;
  readonly plans: PlanStore;
  readonly ids: () => string;
}) {
  const { clock, log, plans, ids } = parts;
  let isDead = false;
  const never = new Promise<never>(() => undefined);
  /** Nothing resolves for a console that was killed. */
  const alive = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isDead) return never;
    const value = await act();
    return isDead ? never : value;
  };
  const ownClock: Clock = {
    now: clock.now,
    after: (ms, callBack) => clock.after(ms, () => (isDead ? undefined : callBack())),
  };
  const ray = createRay({
    transport: overFetch((request) => alive(() => parts.ray(request))),
    address: 'http://ray',
    clock: ownClock,
    uniqueToken: ids,
  });
  const console = createTestConsole({
    ray,
    clock: { ...clock, ...ownClock },
    store: {
      ...log,
      add: (record) => alive(() => log.add(record)),
      update: (record) => alive(() => log.update(record)),
      get: (id) => alive(() => log.get(id)),
      open: () => alive(() => log.open()),
      close: () => Promise.resolve(),
    },
    planStore: {
      all: () => alive(() => plans.all()),
      summaries: () => alive(() => plans.summaries()),
      get: (id) => alive(() => plans.get(id)),
      put: (plan) => alive(() => plans.put(plan)),
      delete: (id, version) => alive(() => plans.delete(id, version)),
    },
    ids,
  });
  return {
    ...console,
    kill() {
      isDead = true;
    },
  };
}
