import type { Clock } from '../clock.ts';
import type { SourceName } from '../domain/fact.ts';
import type { GiveWay } from '../ray/give-way.ts';

/**
 * Who goes first at Ray: a write, before the reads that nobody waits for. Some of those weigh megabytes, and while they are
 * written and read there is little else that Ray, or the console, does.
 */
export interface RightOfWay {
  /** A write is under way until the returned function is called; it goes first for `FIRST_FOR` at most. */
  write(): () => void;
  /** Somebody waits for a reading of the source until the returned function is called: it gives way to nobody. */
  awaited(name: SourceName): () => void;
  /** For one read of a source; all in all it stands back for `STANDS_BACK_FOR` at most. */
  read(name: SourceName): GiveWay;
}

/** A write that takes longer than this has another reason than reads, ms. */
const FIRST_FOR = 250;

/** Its answer is made then, and yet to go out, ms. */
const AFTERWARDS = 5;

/** Where one write follows the other, reads get on all the same: so long each stands back, ms. */
const STANDS_BACK_FOR = 500;

export function createRightOfWay(clock: Clock): RightOfWay {
  const writes = new Set<object>();
  const awaited = new Map<SourceName, number>();
  const standing = new Set<{ readonly name: SourceName; readonly goOn: () => void }>();

  const isFree = (name: SourceName) => writes.size === 0 || (awaited.get(name) ?? 0) > 0;

  function wake() {
    for (const each of standing) if (isFree(each.name)) each.goOn();
  }

  return {
    write() {
      const own = {};
      writes.add(own);
      const drop = () => {
        if (writes.delete(own)) wake();
      };
      const cancel = clock.after(FIRST_FOR, drop);
      return () => {
        if (!writes.has(own)) return;
        cancel();
        clock.after(AFTERWARDS, drop);
      };
    },
    awaited(name) {
      awaited.set(name, (awaited.get(name) ?? 0) + 1);
      wake();
      return () => awaited.set(name, (awaited.get(name) ?? 1) - 1);
    },
    read(name) {
      let left = STANDS_BACK_FOR;
      return {
        isDue: () => left > 0 && !isFree(name),
        give: () =>
          new Promise((resolve) => {
            const since = clock.now();
            const own = {
              name,
              goOn() {
                cancel();
                standing.delete(own);
                // A clock that was set back took nothing.
                left -= Math.max(0, clock.now() - since);
                resolve();
              },
            };
            const cancel = clock.after(left, own.goOn);
            standing.add(own);
          }),
      };
    },
  };
}
