import type { SourceName } from '../../domain/sourced.ts';

/**
 * Spaces out the reads of several Rays, which one process reads: each alone may be small, and together they are as large as the largest.
 * Counted by size alone, so that a Ray that is slow, hangs or fails delays none of the others.
 */
export interface SharedPace {
  /** One Ray more. `isWatched`: whether it is read often. */
  join(isWatched: () => boolean): PaceMember;
}

export interface PaceMember {
  /** Takes note of the size of a good reply. */
  note(name: SourceName, bytes: number): void;
  /** The least time between two reads of a source that nobody waits for, ms. */
  pause(name: SourceName): number;
}

/**
 * How much of one source is read in a second, over all Rays that are watched; and as much over all others. A single Ray so large is
 * read about as often, by what its reads cost (`polled-source.ts`), bytes.
 */
const MAX_BYTES_PER_SECOND = 800_000;

export function createSharedPace(maxBytesPerSecond = MAX_BYTES_PER_SECOND): SharedPace {
  const members: { readonly isWatched: () => boolean; readonly sizes: Map<SourceName, number> }[] = [];
  return {
    join(isWatched) {
      const sizes = new Map<SourceName, number>();
      members.push({ isWatched, sizes });
      return {
        note: (name, bytes) => void sizes.set(name, bytes),
        pause(name) {
          const watched = isWatched();
          // Its own cost paces it already.
          const others = members.filter((each) => each.sizes !== sizes && each.isWatched() === watched);
          const bytes = others.reduce((sum, each) => sum + (each.sizes.get(name) ?? 0), 0);
          return (bytes * 1_000) / maxBytesPerSecond;
        },
      };
    },
  };
}
