import type { Clock } from '../../clock.ts';
import type { SourceName } from '../../domain/sourced.ts';
import type { Yielder } from '../../ray/client/yielder.ts';

/**
 * Gives writes to Ray priority over reads that nobody waits for. Some of those are megabytes, and block Ray and the
 * console while they are written and read.
 */
export interface WritePriority {
  /** A write is under way until the returned function is called; it has priority for `MAX_PRIORITY` at most. */
  beginWrite(): () => void;
  /** Somebody waits for a read of the source until the returned function is called: it yields to no write. */
  beginAwaitedRead(name: SourceName): () => void;
  /** For one read of a source; it yields for `MAX_READ_DELAY` in total at most. */
  yielderFor(name: SourceName): Yielder;
}

/** A write that takes longer is not slow because of reads, ms. */
const MAX_PRIORITY = 250;

/** Grace period so that the response can be flushed, ms. */
const RESPONSE_GRACE = 5;

/** How long one read yields in total, so that a series of writes cannot starve reads, ms. */
const MAX_READ_DELAY = 500;

export function createWritePriority(clock: Clock): WritePriority {
  const writes = new Set<object>();
  const awaitedReads = new Map<SourceName, number>();
  const pausedReads = new Set<{ readonly name: SourceName; readonly resume: () => void }>();

  const mayProceed = (name: SourceName) => writes.size === 0 || (awaitedReads.get(name) ?? 0) > 0;

  function resumeReads() {
    for (const read of pausedReads) if (mayProceed(read.name)) read.resume();
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
              resume() {
                cancel();
                pausedReads.delete(own);
                // The clock may have been set back.
                left -= Math.max(0, clock.now() - since);
                resolve();
              },
            };
            const cancel = clock.after(left, own.resume);
            pausedReads.add(own);
          }),
      };
    },
  };
}
