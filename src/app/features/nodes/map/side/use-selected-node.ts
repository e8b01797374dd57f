import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { NodeDetail } from '../../../../../contract/nodes.ts';
import { useConsole, useFleet } from '../../../../api/console.tsx';
import { nodeQuery } from '../../../../api/map-queries.ts';
import { queryKeys } from '../../../../api/query-keys.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import type { MapQuery } from '../../../../routing/map-query.ts';
import type { MapView } from '../surface/map-view-handle.ts';

export interface SelectedNode {
  /** Undefined before the first reply; null if Ray has no such node. */
  readonly data: NodeDetail | null | undefined;
  readonly error: Error | null;
  readonly cell: Cell | null;
}

/** The node whose card is open, refetched with the fleet; a link that names it brings it into view. */
export function useSelectedNode({ node, place }: Pick<MapQuery, 'node' | 'place'>, view: MapView | null): SelectedNode {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const client = useQueryClient();
  const version = fleet?.version;
  const { data, error } = useQuery({ ...nodeQuery(api, node ?? ''), enabled: node !== null });
  useEffect(() => {
    if (version !== undefined) void client.invalidateQueries({ queryKey: queryKeys.node.all });
  }, [client, version]);
  const cell = node === null ? null : (data?.node.place ?? null);
  // A link with a position shows that position, any other link its node; a click moves the map as little as needed.
  const shown = useRef<{ readonly node: string | null; readonly how: 'large' | 'reveal' }>({
    node: place === null ? null : node,
    how: 'large',
  });
  useEffect(() => {
    if (view === null || cell === null || shown.current.node === node) return;
    const { how } = shown.current;
    shown.current = { node, how: 'reveal' };
    view.showCell(cell, how);
  }, [view, cell, node]);
  useEffect(() => {
    if (node === null) shown.current = { node: null, how: 'reveal' };
  }, [node]);
  return { data: node === null ? undefined : data, error, cell };
}
