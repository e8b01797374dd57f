import type { FleetUpdate, SourceHealth } from '../../contract/fleet.ts';
import { known, unknown, type Sourced, type SourceName, type SourceState } from '../../domain/sourced.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { SourceStates } from './fleet-store.ts';

/** Counts over all nodes: those that live or are members, and the dead among them. Needs a source that tells the nodes now. */
export function countNodes(fleet: Fleet, states: SourceStates): FleetUpdate['nodeCounts'] {
  const source = (['liveness', 'summary', 'state'] as const).find(
    (name) => states[name].last !== null && states[name].failure === null,
  );
  if (source === undefined) {
    const why: Sourced<never> = unknown(states.liveness.failure?.reason ?? 'not-read-yet', 'liveness');
    return { total: why, dead: why };
  }
  let total = 0;
  let dead = 0;
  let doubtful = 0;
  for (const node of fleet.nodes.values()) {
    // Ray remembers dead nodes long after; one that no virtual cluster holds is of no concern any more.
    if (node.state === 'dead' && node.clusterId === null) continue;
    total += 1;
    if (node.state === 'dead') dead += 1;
    if (node.state === 'unknown') doubtful += 1;
  }
  const whyNot = states.liveness.failure?.reason ?? 'not-read-yet';
  return { total: known(total, source), dead: doubtful === 0 ? known(dead, source) : unknown(whyNot, 'liveness') };
}

/** How each source does, for the screen. */
export function sourceHealthOf(states: SourceStates): Record<SourceName, SourceHealth> {
  const one = ({ last, failure }: SourceState<unknown>): SourceHealth => ({
    readAt: last?.begunAt ?? null,
    failure,
    ...(last?.fromCache === true ? { fromCache: true } : {}),
  });
  return {
    list: one(states.list),
    liveness: one(states.liveness),
    state: one(states.state),
    summary: one(states.summary),
    actors: one(states.actors),
    jobs: one(states.jobs),
    identity: one(states.identity),
  };
}
