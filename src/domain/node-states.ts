import type { Sourced, SourceName } from './sourced.ts';
import type { NodeState } from './fleet.ts';
import type { LiveNode, StateNode } from './sources.ts';

/** The absence of a member from readings of all nodes. Times are milliseconds since 1970. */
export interface Absence {
  /** When the list arrived that had the node as a member at its first absence. */
  readonly listedAt: number;
  /** How many readings begun since then lack it, and when the last of them began. */
  readonly times: number;
  readonly lastBegunAt: number;
}

/** How many readings must lack a member before it counts as dead. */
const MIN_ABSENCES_FOR_DEATH = 2;

/** Counts how often readings of all nodes lack a member. */
export interface AbsenceTracker {
  /** Records that no current reading has this member; its absence so far, or undefined when there is no evidence. */
  record(nodeId: string): Absence | undefined;
  /** All absences recorded now. A node that came back, or is no longer a member, is not among them. */
  recorded(): ReadonlyMap<string, Absence>;
}

/**
 * Only a reading begun after the list arrived is evidence: a node that joined later than the reading is in the list alone.
 * `rosterBegunAt`: when the current reading of all nodes began, null for none. A truncated reading counts as failed, so
 * a reading is complete (fact 17). Times are ms since 1970.
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

/** A node's state: as a source reports it; dead after two absences (see `createAbsenceTracker`); otherwise unknown. */
export function nodeStateOf(
  live: LiveNode | undefined,
  inState: StateNode | undefined,
  absence: Absence | undefined,
): NodeState {
  if (live !== undefined) return live.state;
  if (inState !== undefined) return inState.isDead ? 'dead' : 'alive';
  return absence !== undefined && absence.times >= MIN_ABSENCES_FOR_DEATH ? 'dead' : 'unknown';
}

/** The source that currently distinguishes alive from dead nodes; null when none does. */
export function livenessSource(
  liveness: Sourced<unknown>,
  state: Sourced<unknown>,
): Extract<SourceName, 'liveness' | 'state'> | null {
  return liveness.known ? 'liveness' : state.known ? 'state' : null;
}
