import type { FleetUpdate } from './fleet.ts';

/** The sources that tell of single nodes. */
export type NodeSources = Pick<FleetUpdate['sources'], 'list' | 'liveness' | 'state' | 'summary'>;

/**
 * When the nodes were read last, ms since 1970, while Ray is away and they are shown as they were known then; null while they
 * are current, or were never read. Ray's sources fail one after the other. With the first that can't be reached it counts as
 * away, until the list and the liveness of nodes are read again: else every node would lose its use before an outage shows.
 */
export function nodesLastKnownAt({ list, liveness, state, summary }: NodeSources): number | null {
  const readAt = Math.min(list.readAt ?? 0, liveness.readAt ?? 0);
  const isAway = [list, liveness, state, summary].some(
    ({ failure }) => failure?.reason === 'unreachable' && failure.since >= readAt,
  );
  return isAway ? (liveness.readAt ?? list.readAt) : null;
}

/**
 * The same for a page. Its fleet has the times of the last change only, so they can't show whether a source was read since. An outage
 * reaches the page as a failure of the list or the liveness of nodes; until then nothing that it shows has changed.
 */
export function shownNodesLastKnownAt({ list, liveness }: NodeSources): number | null {
  const isAway = [list, liveness].some(({ failure }) => failure?.reason === 'unreachable');
  return isAway ? (liveness.readAt ?? list.readAt) : null;
}
