import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useConsole } from '../../../../api/console.tsx';
import { nodeQuery } from '../../../../api/map-queries.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import type { MapQuery } from '../../../../routing/map-query.ts';
import type { MapView } from '../surface/map-view-handle.ts';

/** The nodes that the link highlights; null for none. They, or else their holder, are brought into view once per link. */
export function useHighlightedNodes(
  { lit, holder }: Pick<MapQuery, 'lit' | 'holder'>,
  view: MapView | null,
): readonly Cell[] | null {
  const { api } = useConsole();
  const { isAsking, cells } = useQueries({
    queries: lit.map((id) => nodeQuery(api, id)),
    combine: (asked) => ({
      isAsking: asked.some(({ isPending }) => isPending),
      cells: asked.flatMap(({ data }): readonly Cell[] =>
        data === undefined || data === null || data.node.place === null ? [] : [data.node.place],
      ),
    }),
  });
  const shownFor = useRef('');
  const link = JSON.stringify([lit, holder]);
  useEffect(() => {
    if (view === null || isAsking || shownFor.current === link) return;
    shownFor.current = link;
    const first = cells[0];
    if (first !== undefined) view.showCell(first, 'small');
    else if (holder !== null) {
      const group = view
        .layout()
        ?.groups.find(({ name }) =>
          holder.clusterId === null ? name.kind === 'pool' : name.kind === 'cluster' && name.id === holder.clusterId,
        );
      if (group !== undefined) view.showGroup(group);
    }
  }, [view, isAsking, link, cells, holder]);
  return cells.length === 0 ? null : cells;
}
