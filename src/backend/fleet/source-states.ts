import { perSource, type SourceName, type SourceState } from '../../domain/sourced.ts';
import type { SourceValues } from '../../ray/client/sources.ts';
import type { RayRead } from '../../ray/client/ray.ts';
import { isLater, type Moment } from './moment.ts';

export type SourceStates = { readonly [K in SourceName]: SourceState<SourceValues[K]> };

/** A source whose newest reading simply replaces the one before. */
export type ReplaceableSource = Exclude<SourceName, 'list' | 'identity'>;

/** The state of every source, and when its last good reading counts as begun. */
export interface SourceStatesStore {
  all(): SourceStates;
  of<K extends SourceName>(name: K): SourceState<SourceValues[K]>;
  /** How long Ray took to answer the last good read, ms; null before the first. */
  took(name: SourceName): number | null;
  /** Whether the last good reading of a source began after a moment. */
  isReadSince(name: SourceName, moment: Moment): boolean;
  /** Whether the held reading of a source counts as at least as new as one that began at a moment. */
  isAtLeastAsNew(name: SourceName, begun: Moment): boolean;
  /** Stores a reading; a failed one keeps the last good value, and the time of the first failure. */
  put<K extends SourceName>(name: K, read: RayRead<SourceValues[K]>, begun: Moment): void;
  /** A good reading that is older than the held one: all it proves is that the source can be read. */
  markReadable(name: SourceName, read: RayRead<unknown>, begun: Moment): void;
}

export function createSourceStates(): SourceStatesStore {
  let states: SourceStates = perSource(() => ({ last: null, failure: null }));
  const begunBySource = new Map<SourceName, Moment>();
  const tookBySource = new Map<SourceName, number>();
  return {
    all: () => states,
    of: (name) => states[name],
    took: (name) => tookBySource.get(name) ?? null,
    isReadSince(name, moment) {
      const begun = begunBySource.get(name);
      return begun !== undefined && isLater(begun, moment);
    },
    isAtLeastAsNew(name, begun) {
      const held = begunBySource.get(name);
      return held !== undefined && !isLater(begun, held);
    },
    put<K extends SourceName>(name: K, read: RayRead<SourceValues[K]>, begun: Moment) {
      const before: SourceState<SourceValues[K]> = states[name];
      const after: SourceState<SourceValues[K]> = read.ok
        ? {
            last: { value: read.value, begunAt: begun.at, arrivedAt: read.arrivedAt, ...cacheFlag(read, begun) },
            failure: null,
          }
        : {
            last: before.last,
            failure: {
              reason: read.reason,
              since: before.failure?.since ?? read.arrivedAt,
              ...(read.cause === undefined ? {} : { cause: read.cause }),
            },
          };
      states = { ...states, [name]: after };
      if (read.ok) {
        begunBySource.set(name, begun);
        tookBySource.set(name, read.arrivedAt - read.begunAt);
      }
    },
    markReadable(name, read, begun) {
      const { last } = states[name];
      const flagged = last === null ? null : { ...last, ...cacheFlag(read, begun) };
      states = { ...states, [name]: { last: flagged, failure: null } };
      tookBySource.set(name, read.arrivedAt - read.begunAt);
    },
  };
}

/** A reading that counts as begun before its request was sent may come from Ray's cache. */
function cacheFlag(read: RayRead<unknown>, begun: Moment): { readonly fromCache?: true } {
  return begun.at < read.begunAt ? { fromCache: true } : {};
}
