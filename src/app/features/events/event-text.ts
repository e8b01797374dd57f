import type { FleetEvent } from '../../../contract/recent-events.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { withMapQuery } from '../../routing/map-query.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';

/** An event in one line. */
export function eventText(happening: FleetEvent): string {
  const words = text.lately;
  switch (happening.kind) {
    case 'died':
    case 'arrived':
    case 'left':
    case 'replaced':
      return words[happening.kind]({ ...happening, clusterId: readable(happening.clusterId) });
    case 'moved':
      return words.moved(happening.count, happening.templateId, readable(happening.from), readable(happening.to));
    case 'cluster-created':
      return words.created(readableClusterId(happening.clusterId));
    case 'cluster-deleted':
      return words.deleted(readableClusterId(happening.clusterId));
  }
}

function readable(clusterId: string | null): string | null {
  return clusterId === null ? null : readableClusterId(clusterId);
}

/**
 * A link to the map that highlights the event's nodes or shows their holder; null if nothing of it is on the map any more.
 * `search` is the current query, whose grouping is kept.
 */
export function eventMapPath(happening: FleetEvent, search: string): string | null {
  switch (happening.kind) {
    case 'died':
    case 'arrived':
    case 'replaced':
      return mapPath(search, happening.nodeIds, happening.clusterId);
    case 'moved':
      return mapPath(search, happening.nodeIds, happening.to);
    // The nodes are gone from the map; their former holder is not.
    case 'left':
      return mapPath(search, [], happening.clusterId);
    case 'cluster-created':
      return mapPath(search, [], happening.clusterId);
    case 'cluster-deleted':
      return null;
  }
}

function mapPath(search: string, lit: readonly string[], clusterId: string | null): string {
  return (
    pathTo.nodes + withMapQuery(search, { lit, holder: { clusterId }, q: '', node: null, place: null, states: [] })
  );
}
