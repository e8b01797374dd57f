import { useMemo } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { compareTemplates } from '../../../../domain/replica-sets.ts';
import { useFleet } from '../../../api/console.tsx';
import { pathTo } from '../../../routing/routes.ts';
import { navigateTo } from '../../../routing/navigate.ts';
import { whyDeadNotCounted } from '../../../node-ui/dead-count.ts';
import { NodeFilters } from '../../../node-ui/node-filters.tsx';
import { readNodeFilter, writeNodeFilter } from '../../../node-ui/node-filter.ts';
import { NodeTable } from '../../../node-ui/node-table.tsx';
import type { NodeFilter } from '../../../node-ui/use-node-rows.ts';

/** All nodes as a table. The filter and the order are in the URL. */
export function NodesTable({ takesFocus }: { readonly takesFocus: boolean }) {
  const { fleet } = useFleet();
  const search = useSearch();
  const filter = useMemo(() => readNodeFilter(search), [search]);
  const clusters = fleet?.clusters;
  const pool = fleet?.pool;
  const clusterIds = useMemo(() => [...(clusters?.keys() ?? [])].sort(), [clusters]);
  const templateIds = useMemo(() => {
    const held = [...(clusters?.values() ?? [])].flatMap(({ templates }) => templates);
    return [...new Set([...held, ...(pool?.templates ?? [])].map(({ templateId }) => templateId))].sort(
      compareTemplates,
    );
  }, [clusters, pool]);
  const whyNotCounted = whyDeadNotCounted(fleet?.nodeCounts ?? null);
  const change = (next: NodeFilter) =>
    navigateTo(`${pathTo.nodes}${writeNodeFilter(window.location.search, next)}`, { replace: true });
  return (
    <NodeTable
      clusterId={null}
      filter={filter}
      maxHeight="max(320px, calc(100dvh - 176px))"
      sort={change}
      expected={null}
      takesFocus={takesFocus}
      whyIncomplete={filter.state === 'dead' ? whyNotCounted : null}
    >
      <NodeFilters filter={filter} templateIds={templateIds} clusterIds={clusterIds} change={change} />
    </NodeTable>
  );
}
