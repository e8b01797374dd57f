import type { FleetNode } from '../../../domain/fleet.ts';
import { withMapQuery } from '../../routing/map-query.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { action, type Action } from './action.ts';

/** What can be done with a node. */
export function nodeActions({ id, clusterId }: Pick<FleetNode, 'id' | 'clusterId'>): readonly Action[] {
  const words = text.nodes.menu;
  return [
    action('map', words.showOnMap, {
      kind: 'go',
      path: `${pathTo.nodes}${withMapQuery('', { node: id })}`,
      keepQuery: false,
    }),
    ...(clusterId === null
      ? []
      : [action('cluster', words.openCluster, { kind: 'go', path: pathTo.cluster(clusterId), keepQuery: true })]),
    action('copy-id', words.copyId, { kind: 'copy', value: id }),
  ];
}
