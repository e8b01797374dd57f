import type { Observation, SightingKind, Sighting } from '../../contract/timeline.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import type { Clock } from '../../clock.ts';
import { DAY } from './change-log.ts';

/** An observation before it has its id. */
export type NewObservation = Omit<Observation, 'id'>;

/** One that is left out matches everything. `cluster`: includes what happened in its job clusters. `until`: not included. */
export interface ObservationQuery {
  readonly cluster?: string;
  readonly kinds?: readonly SightingKind[];
  readonly since?: number;
  readonly until?: number;
}

/** A place between observations, which are ordered by time and then by number. */
export interface ObservationPlace {
  readonly at: number;
  readonly number: number;
}

export interface StoredObservation extends ObservationPlace {
  readonly observation: Observation;
}

/** Where what was seen is kept: the port. It may lose the newest ones in a crash, and holds up nothing. */
export interface ObservationLog {
  /** Adds them all or, when it rejects, none. */
  add(batch: readonly NewObservation[]): Promise<void>;
  /** Those before a place, newest first; from the newest for null. */
  findBefore(
    query: ObservationQuery,
    before: ObservationPlace | null,
    limit: number,
  ): Promise<readonly StoredObservation[]>;
  /** Those after a place, oldest first; from the oldest for null. */
  findAfter(
    query: ObservationQuery,
    after: ObservationPlace | null,
    limit: number,
  ): Promise<readonly StoredObservation[]>;
  readonly retention: ObservationRetention;
}

/** For how many days, and how many, observations are kept. */
export interface ObservationRetention {
  readonly days: number;
  readonly most: number;
}

/** What was seen is kept no longer than this, nor longer than changes. */
export const MAX_OBSERVED_DAYS = 30;

/** The most bytes of one: what it takes from Ray is cut before. */
export const MAX_OBSERVATION_BYTES = 8 * 1024;

/** The virtual clusters that it concerns, at most two. */
export function clustersOf(what: Sighting): readonly string[] {
  const ids = 'clusterId' in what ? [what.clusterId] : what.kind === 'moved' ? [what.from, what.to] : [];
  return ids.flatMap((id) => (id === null ? [] : [splitJobClusterId(id)?.parentId ?? id]));
}

/** Keeps them in memory, as long as the process lives. */
export function createInMemoryObservationLog({
  clock,
  days,
  most,
}: ObservationRetention & { readonly clock: Pick<Clock, 'now'> }): ObservationLog {
  /** By time and number. */
  let kept: readonly StoredObservation[] = [];
  let number = 0;

  function matching({ cluster, kinds, since, until }: ObservationQuery) {
    return kept.filter(
      ({ at, observation: { what } }) =>
        (cluster === undefined || clustersOf(what).includes(cluster)) &&
        (kinds === undefined || kinds.includes(what.kind)) &&
        (since === undefined || at >= since) &&
        (until === undefined || at < until),
    );
  }

  return {
    async add(batch) {
      const added = batch.map(({ at, what }) => {
        number += 1;
        return { at, number, observation: { id: `seen-${String(number)}`, at, what } };
      });
      const oldest = clock.now() - days * DAY;
      kept = [...kept, ...added]
        .filter(({ at }) => at >= oldest)
        .sort(comparePlaces)
        .slice(-most);
    },
    findBefore: async (query, before, limit) =>
      matching(query)
        .filter((each) => before === null || comparePlaces(each, before) < 0)
        .slice(-limit)
        .toReversed(),
    findAfter: async (query, after, limit) =>
      matching(query)
        .filter((each) => after === null || comparePlaces(each, after) > 0)
        .slice(0, limit),
    retention: { days, most },
  };
}

function comparePlaces(a: ObservationPlace, b: ObservationPlace): number {
  return a.at - b.at || a.number - b.number;
}
