import type { FleetUpdate } from '../../contract/fleet.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { keepLastKnown, rememberFleet, type ReadTimes, type RememberedFleet } from '../../domain/last-known.ts';
import { perSource, type SourceName } from '../../domain/sourced.ts';
import type { SourceStates } from './source-states.ts';

type NodeCounts = FleetUpdate['nodeCounts'];

/** Puts what was last known, and when, beside what is unknown now. One for each Ray. */
interface FleetRecall {
  /** Called once for each joined fleet, with the readings that it was joined from. */
  recall(joined: Fleet, counts: NodeCounts, states: SourceStates): { fleet: Fleet; nodeCounts: NodeCounts };
}

export function createFleetRecall(): FleetRecall {
  let remembered: RememberedFleet | null = null;
  let nodeCounts: NodeCounts | null = null;
  let joinedReadTimes: ReadTimes = () => null;

  /** When a value of the fleet joined before was read. The first reply from Ray's cache has no known age (fact 4). */
  function readTimes(states: SourceStates): ReadTimes {
    return (name) => {
      const { last, failure } = states[name];
      const at = failure === null ? joinedReadTimes(name) : (last?.begunAt ?? null);
      return at !== null && Number.isFinite(at) ? at : null;
    };
  }

  return {
    recall(joined, counts, states) {
      const readAt = readTimes(states);
      remembered = rememberFleet(remembered, joined, readAt);
      nodeCounts = {
        total: keepLastKnown(nodeCounts?.total, counts.total, readAt),
        dead: keepLastKnown(nodeCounts?.dead, counts.dead, readAt),
      };
      joinedReadTimes = readTimesIn(perSource((name) => states[name].last?.begunAt ?? null));
      return { fleet: remembered.shown, nodeCounts };
    },
  };
}

/** A function of its own: made inside `recall`, it would keep all readings in memory until the next join. */
function readTimesIn(times: Readonly<Record<SourceName, number | null>>): ReadTimes {
  return (name) => times[name];
}
