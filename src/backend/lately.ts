import { LATELY_FOR, MOST_LATELY, type Happening, type Lately } from '../contract/lately.ts';
import type { VirtualCluster } from '../domain/fleet.ts';
import type { Difference } from './census.ts';
import { whatHappened } from './what-happened.ts';

/** What happened to the fleet in the last minutes. */
export interface Happenings {
  /** Takes what differs in the newest picture, and its clusters. `at`: when it came, ms since 1970. */
  take(difference: Difference, clusters: ReadonlyMap<string, VirtualCluster>, at: number): void;
  /** Number of the newest happening; 0 before the first. */
  last(): number;
  /** `n`: of the newest that is known. `now`: ms since 1970. */
  since(n: number, now: number): Lately;
}

/** The happenings of one epoch. */
export function createHappenings(epoch: string): Happenings {
  let clustersBefore: ReadonlyMap<string, VirtualCluster> = new Map();
  let kept: readonly Happening[] = [];
  let n = 0;

  return {
    take(difference, clusters, at) {
      const before = clustersBefore;
      clustersBefore = clusters;
      if (difference.isGathering) return;
      const told = whatHappened(difference, before, clusters);
      if (told.length === 0) return;
      const numbered = told.map((each): Happening => ({ ...each, n: (n += 1), at }));
      kept = [...kept.filter((each) => each.at > at - LATELY_FOR), ...numbered].slice(-MOST_LATELY);
    },
    last: () => n,
    since: (known, now) => ({
      epoch,
      last: n,
      happenings: kept.filter((each) => each.n > known && each.at > now - LATELY_FOR),
    }),
  };
}
