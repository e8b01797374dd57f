import type { Sourced, SourceName } from './sourced.ts';
import type { NodeState } from './fleet.ts';
import type { LiveNode, StateNode } from './sources.ts';

/** A member that a reading of all nodes left out. Times are milliseconds since 1970. */
export interface Absence {
  /** When a list that has the node as a member had arrived at the latest. */
  readonly listedAt: number;
  /** How many readings begun since left it out, and when the last of them began. */
  readonly times: number;
  readonly lastBegunAt: number;
}

/** So many readings must leave a member out before that says that it died. */
const MIN_ABSENCES_FOR_DEATH = 2;

/** Notes the members that a reading of all nodes leaves out, and how often. */
export interface AbsenceTracker {
  /** Of a member that no current reading has: its absence so far, this one included; undefined where nothing tells. */
  record(nodeId: string): Absence | undefined;
  /** All that were noted. Whoever is back, or no member any more, is forgotten. */
  recorded(): ReadonlyMap<string, Absence>;
}

/**
 * Only a reading begun after the list arrived can tell: a node that is newer than the reading is in the list alone.
 * `rosterBegunAt`: when the current reading of all nodes began, which is complete, or it is no reading (fact 17); null
 * for none. Times are ms since 1970.
 */
export function createAbsenceTracker(
  listArrivedAt: number | null,
  rosterBegunAt: number | null,
  before: ReadonlyMap<string, Absence>,
): AbsenceTracker {
  const absent = new Map<string, Absence>();
  return {
    recorded: () => absent,
    record(id) {
      if (listArrivedAt === null) return undefined;
      const known = before.get(id);
      if (rosterBegunAt === null) {
        if (known !== undefined) absent.set(id, known);
        return known;
      }
      const { listedAt, times, lastBegunAt } = known ?? {
        listedAt: listArrivedAt,
        times: 0,
        lastBegunAt: Number.NEGATIVE_INFINITY,
      };
      const isNewEvidence = rosterBegunAt >= listedAt && rosterBegunAt > lastBegunAt;
      const absence = {
        listedAt,
        times: isNewEvidence ? times + 1 : times,
        lastBegunAt: isNewEvidence ? rosterBegunAt : lastBegunAt,
      };
      absent.set(id, absence);
      return absence;
    },
  };
}

/** Whether a node lives: by an explicit word, or by absence from two readings begun after the list arrived; else unknown. */
export function nodeStateOf(
  live: LiveNode | undefined,
  inState: StateNode | undefined,
  absence: Absence | undefined,
): NodeState {
  if (live !== undefined) return live.state;
  if (inState !== undefined) return inState.isDead ? 'dead' : 'alive';
  return absence !== undefined && absence.times >= MIN_ABSENCES_FOR_DEATH ? 'dead' : 'unknown';
}

/** Which source tells now who lives; null when none does. */
export function livenessSource(
  liveness: Sourced<unknown>,
  state: Sourced<unknown>,
): Extract<SourceName, 'liveness' | 'state'> | null {
  return liveness.known ? 'liveness' : state.known ? 'state' : null;
}
