import type { FleetUpdate } from '../../contract/fleet.ts';
import { known, unknown, type Sourced } from '../../domain/sourced.ts';
import type { Fleet } from '../../domain/fleet.ts';
import type { SourceStates } from './source-states.ts';

/** The sources that list the nodes, the best one first. */
const nodeSources = ['liveness', 'summary', 'state'] as const;

/**
 * How many nodes there are, and how many of them are dead. Unknown while no source lists the nodes. Dead nodes that
 * no virtual cluster holds are not counted: Ray lists them long after. Where the list of nodes is cut or too large, no
 * number of dead nodes is known: the other sources leave them out (facts 17, 20).
 */
export function countNodes(fleet: Fleet, states: SourceStates): FleetUpdate['nodeCounts'] {
  const source = nodeSources.find((name) => states[name].last !== null && states[name].failure === null);
  const why: Sourced<never> = unknown(states.liveness.failure?.reason ?? 'not-read-yet', 'liveness');
  if (source === undefined) return { total: why, dead: why };
  const isCut = states.liveness.failure?.reason === 'truncated' || states.liveness.failure?.reason === 'too-large';
  let total = 0;
  let dead = 0;
  let isAnyUnknown = isCut;
  for (const node of fleet.nodes.values()) {
    if (node.state === 'dead' && node.clusterId === null) continue;
    total += 1;
    if (node.state === 'dead') dead += 1;
    if (node.state === 'unknown') isAnyUnknown = true;
  }
  return { total: known(total, source), dead: isAnyUnknown ? why : known(dead, source) };
}
