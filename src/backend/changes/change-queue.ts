import type { Change } from '../../contract/change.ts';
import { queueKey } from '../../domain/change-kinds.ts';
import { createKeyedQueue } from '../concurrency/keyed-queue.ts';

/** Lets the changes of each cluster take turns, and knows which are on their way. */
export interface ChangeQueue {
  /** Runs when no other change of its cluster is being sent. `onEnd` is called once it has ended, however it did. */
  run<T>(change: Pick<Change, 'id' | 'wanted'>, act: () => Promise<T>, onEnd?: () => void): Promise<T>;
  /** Resolves when the change has had its turn; null when it is not in the queue. */
  inFlight(id: string): Promise<unknown> | null;
  /** Resolves when everything that is queued now has had its turn. */
  idle(): Promise<void>;
}

export function createChangeQueue(): ChangeQueue {
  const queues = createKeyedQueue();
  const inFlight = new Map<string, Promise<unknown>>();
  return {
    run({ id, wanted }, act, onEnd) {
      const done = queues.run(queueKey(wanted), act).finally(() => {
        onEnd?.();
        inFlight.delete(id);
      });
      inFlight.set(id, done);
      return done;
    },
    inFlight: (id) => inFlight.get(id) ?? null,
    async idle() {
      await Promise.allSettled(inFlight.values());
    },
  };
}
