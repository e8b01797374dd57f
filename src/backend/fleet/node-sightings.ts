import type { FleetEvent } from '../../contract/recent-events.ts';
import type { Sighting } from '../../contract/timeline.ts';
import { cut } from './cluster-sightings.ts';

/** What is recorded of an event of nodes; null for an event of a virtual cluster, of which the list says more. */
export function sightingOfNodes(event: FleetEvent): Sighting | null {
  switch (event.kind) {
    case 'died':
    case 'arrived':
    case 'left':
    case 'replaced': {
      const { kind, clusterId } = event;
      return { kind, ...nodesOf(event), clusterId };
    }
    case 'moved': {
      const { kind, from, to } = event;
      return { kind, ...nodesOf(event), from, to };
    }
    case 'cluster-created':
    case 'cluster-deleted':
      return null;
  }
}

function nodesOf({ count, nodeIds, templateId }: Extract<FleetEvent, { readonly nodeIds: unknown }>) {
  return { count, nodeIds: nodeIds.map(cut), templateId: templateId === null ? null : cut(templateId) };
}
