import type { Fact, SourceName } from './fact.ts';
import type { NodeState } from './fleet.ts';
import type { ListedCluster, LiveNode, StateNode } from './sources.ts';

/** A member that a reading of all nodes left out. Times are milliseconds since 1970. */
export interface Absence {
  /** When a list that has the node as a member had arrived at the latest. */
  readonly listedAt: number;
  /** How many readings begun since left it out, and when the last of them began. */
  readonly times: number;
  readonly lastBegunAt: number;
}

/** A current reading of all of Ray's nodes: it is complete, or it is no reading (fact 17). */
export interface Roster {
  readonly begunAt: number;
  has(nodeId: string): boolean;
}

/** So many readings must leave a member out before that says that it died. */
const ABSENT_IS_DEAD = 2;

/**
 * The members that the roster leaves out, with how often that was. Only a reading begun after the list arrived can
 * tell: a node that is newer than the reading is in the list alone. Whoever is back, or no member any more, is forgotten.
 */
export function noteAbsences(
  list: readonly ListedCluster[],
  listArrivedAt: number | null,
  roster: Roster | null,
  before: ReadonlyMap<string, Absence>,
): ReadonlyMap<string, Absence> {
  const absent = new Map<string, Absence>();
  if (listArrivedAt === null) return absent;
  if (roster === null && before.size === 0) return absent;
  const note = (id: string): void => {
    if (roster?.has(id) === true) return;
    const known = before.get(id);
    if (roster === null) {
      if (known !== undefined) absent.set(id, known);
      return;
    }
    const { listedAt, times, lastBegunAt } = known ?? { listedAt: listArrivedAt, times: 0, lastBegunAt: Number.NEGATIVE_INFINITY };
    const tells = roster.begunAt >= listedAt && roster.begunAt > lastBegunAt;
    absent.set(id, { listedAt, times: tells ? times + 1 : times, lastBegunAt: tells ? roster.begunAt : lastBegunAt });
  };
  for (const { members } of list) for (const id of members.keys()) note(id);
  return absent;
}

/** Whether a node lives: by an explicit word, or by absence from two readings begun after the list arrived; else unknown. */
export function stateOf(live: LiveNode | undefined, inState: StateNode | undefined, absence: Absence | undefined): NodeState {
  if (live !== undefined) return live.state;
  if (inState !== undefined) return inState.isDead ? 'dead' : 'alive';
  return absence !== undefined && absence.times >= ABSENT_IS_DEAD ? 'dead' : 'unknown';
}

/** Which source tells now who lives; null when none does. */
export function livenessSource(liveness: Fact<unknown>, state: Fact<unknown>): Extract<SourceName, 'liveness' | 'state'> | null {
  return liveness.known ? 'liveness' : state.known ? 'state' : null;
}
