import type { FleetUpdate, SourceHealth } from '../contract/fleet.ts';
import { known, unknown, type Fact, type SourceName, type SourceState } from '../domain/fact.ts';
import type { Fleet } from '../domain/fleet.ts';
import type { SourceStates } from './read-model.ts';

/** Counts over all nodes, as the map draws them and the table lists them, and the dead among them. Needs a source that tells the nodes now. */
export function countNodes({ nodes }: Pick<Fleet, 'nodes'>, states: Readonly<Record<'liveness' | 'summary' | 'state', SourceState<unknown>>>): FleetUpdate['nodeCounts'] {
  const source = (['liveness', 'summary', 'state'] as const).find((name) => states[name].last !== null && states[name].failure === null);
  if (source === undefined) {
    const why: Fact<never> = unknown(states.liveness.failure?.reason ?? 'not-read-yet', 'liveness');
    return { total: why, dead: why };
  }
  let dead = 0;
  let doubtful = 0;
  for (const node of nodes.values()) {
    if (node.state === 'dead') dead += 1;
    if (node.state === 'unknown') doubtful += 1;
  }
  const whyNot = states.liveness.failure?.reason ?? 'not-read-yet';
  return { total: known(nodes.size, source), dead: doubtful === 0 ? known(dead, source) : unknown(whyNot, 'liveness') };
}

/** How each source does, for the screen. */
export function healthOf(states: SourceStates): Record<SourceName, SourceHealth> {
  const one = ({ last, failure }: SourceState<unknown>): SourceHealth => ({ readAt: last?.begunAt ?? null, failure });
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
