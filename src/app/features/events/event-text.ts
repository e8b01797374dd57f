import type { FleetEvent } from '../../../contract/recent-events.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { withMapQuery } from '../../routing/map-query.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';

/** What happened, in one line. */
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
 * Where on the map it can be seen: the nodes, or who holds them now; null where nothing is left to be seen. `search`: the
 * map's query now, of which the grouping stays.
 */
export function eventMapPath(happening: FleetEvent, search: string): string | null {
  switch (happening.kind) {
    case 'died':
    case 'arrived':
    case 'replaced':
      return mapPath(search, happening.nodeIds, happening.clusterId);
    case 'moved':
      return mapPath(search, happening.nodeIds, happening.to);
    // They are on no map any more: what they left is.
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
