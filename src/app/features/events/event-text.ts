import type { FleetEvent } from '../../../contract/recent-events.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { withMapQuery } from '../../routing/map-query.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';

/** An event in one line. */
export function eventText(event: FleetEvent): string {
  const words = text.lately;
  switch (event.kind) {
    case 'died':
    case 'arrived':
    case 'left':
    case 'replaced':
      return words[event.kind]({ ...event, clusterId: readable(event.clusterId) });
    case 'moved':
      return words.moved(event.count, event.templateId, readable(event.from), readable(event.to));
    case 'cluster-created':
      return words.created(readableClusterId(event.clusterId));
    case 'cluster-deleted':
      return words.deleted(readableClusterId(event.clusterId));
  }
}

function readable(clusterId: string | null): string | null {
  return clusterId === null ? null : readableClusterId(clusterId);
}

/**
 * A link to the map that highlights the event's nodes or shows their holder; null if nothing of it is on the map any more.
 * `search` is the current query, whose grouping is kept.
 */
export function eventMapPath(event: FleetEvent, search: string): string | null {
  switch (event.kind) {
    case 'died':
    case 'arrived':
    case 'replaced':
      return mapPath(search, event.nodeIds, event.clusterId);
    case 'moved':
      return mapPath(search, event.nodeIds, event.to);
    // The nodes are gone from the map; their former holder is not.
    case 'left':
      return mapPath(search, [], event.clusterId);
    case 'cluster-created':
      return mapPath(search, [], event.clusterId);
    case 'cluster-deleted':
      return null;
  }
}

function mapPath(search: string, lit: readonly string[], clusterId: string | null): string {
  return (
    pathTo.nodes + withMapQuery(search, { lit, holder: { clusterId }, q: '', node: null, place: null, states: [] })
  );
}
