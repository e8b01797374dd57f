import type { Clock } from '../../clock.ts';
import type { SourceName } from '../../domain/sourced.ts';
import type { Yielder } from '../../ray/client/yielder.ts';

/**
 * Who goes first at Ray: a write, before the reads that nobody waits for. Some of those weigh megabytes, and while they are
 * written and read there is little else that Ray, or the console, does.
 */
export interface WritePriority {
  /** A write is under way until the returned function is called; it goes first for `FIRST_FOR` at most. */
  beginWrite(): () => void;
  /** Somebody waits for a reading of the source until the returned function is called: it gives way to nobody. */
  beginAwaitedRead(name: SourceName): () => void;
  /** For one read of a source; all in all it stands back for `STANDS_BACK_FOR` at most. */
  yielderFor(name: SourceName): Yielder;
}

/** A write that takes longer than this has another reason than reads, ms. */
const MAX_PRIORITY = 250;

/** Its answer is made then, and yet to go out, ms. */
const RESPONSE_GRACE = 5;

/** Where one write follows the other, reads get on all the same: so long each stands back, ms. */
const MAX_READ_DELAY = 500;

export function createWritePriority(clock: Clock): WritePriority {
  const writes = new Set<object>();
  const awaitedReads = new Map<SourceName, number>();
  const pausedReads = new Set<{ readonly name: SourceName; readonly goOn: () => void }>();

  const mayProceed = (name: SourceName) => writes.size === 0 || (awaitedReads.get(name) ?? 0) > 0;

  function resumeReads() {
    for (const each of pausedReads) if (mayProceed(each.name)) each.goOn();
  }

  return {
    beginWrite() {
      const own = {};
      writes.add(own);
      const drop = () => {
        if (writes.delete(own)) resumeReads();
      };
      const cancel = clock.after(MAX_PRIORITY, drop);
      return () => {
        if (!writes.has(own)) return;
        cancel();
        clock.after(RESPONSE_GRACE, drop);
      };
    },
    beginAwaitedRead(name) {
      awaitedReads.set(name, (awaitedReads.get(name) ?? 0) + 1);
      resumeReads();
      return () => awaitedReads.set(name, (awaitedReads.get(name) ?? 1) - 1);
    },
    yielderFor(name) {
      let left = MAX_READ_DELAY;
      return {
        shouldYield: () => left > 0 && !mayProceed(name),
        waitForTurn: () =>
          new Promise((resolve) => {
            const since = clock.now();
            const own = {
              name,
              goOn() {
                cancel();
                pausedReads.delete(own);
                // A clock that was set back took nothing.
                left -= Math.max(0, clock.now() - since);
                resolve();
              },
            };
            const cancel = clock.after(left, own.goOn);
            pausedReads.add(own);
          }),
      };
    },
  };
}
