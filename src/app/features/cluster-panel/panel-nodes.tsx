import { useState } from 'react';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { NodeFilters } from '../../node-ui/node-filters.tsx';
import { NodeTable } from '../../node-ui/node-table.tsx';
import type { NodeFilter } from '../../node-ui/use-node-rows.ts';

/** The nodes of one virtual cluster, the dead included. */
export function PanelNodes({ cluster }: { readonly cluster: VirtualCluster }) {
  const [filter, setFilter] = useState<NodeFilter>({});
  return (
    <NodeTable
      clusterId={cluster.id}
      filter={filter}
      maxHeight="max(320px, 56vh)"
      sort={setFilter}
      expected={cluster.templates.reduce((sum, { count }) => sum + count, 0)}
    >
      <NodeFilters
        filter={filter}
        templateIds={cluster.templates.map(({ templateId }) => templateId)}
        clusterIds={null}
        change={setFilter}
      />
    </NodeTable>
  );
}
