import { useSearch } from 'wouter/use-browser-location';
import { useMemo } from 'react';
import { useFleet } from '../api/console.tsx';
import { pathTo } from '../route.ts';
import { text } from '../text/text.ts';
import { go } from '../ui/link.tsx';
import { ScreenHeading } from '../ui/screen-heading.tsx';
import { NodeFilters } from './node-filters.tsx';
import { readNodeFilter, writeNodeFilter } from './node-filter-url.ts';
import { NodeTable } from './node-table.tsx';
import classes from './nodes-page.module.css';
import { Overview } from './overview.tsx';
import { stripRows, templatesOfRows } from './strips.ts';

/** All nodes: an overview drawn from the fleet's counts, and a table of them. The filter is in the URL. */
export function NodesPage() {
  const { fleet } = useFleet();
  const search = useSearch();
  const filter = useMemo(() => readNodeFilter(search), [search]);
  const rows = useMemo(() => (fleet === null ? null : stripRows(fleet.pool, fleet.clusters.values())), [fleet]);
  const templateIds = useMemo(() => (rows === null ? [] : templatesOfRows(rows)), [rows]);
  return (
    <div className={classes['page']}>
      <ScreenHeading takesFocus>{text.nodes.title}</ScreenHeading>
      {rows !== null && <Overview rows={rows} templateIds={templateIds} />}
      <section className={classes['all']} aria-labelledby="all-nodes">
        <h2 id="all-nodes">{text.nodes.allNodes}</h2>
        <NodeTable clusterId={null} filter={filter} maxHeight="max(320px, calc(100dvh - 200px))">
          <NodeFilters
            filter={filter}
            templateIds={templateIds}
            change={(next) => go(`${pathTo.nodes}${writeNodeFilter(next)}`, { replace: true })}
          />
        </NodeTable>
      </section>
    </div>
  );
}
