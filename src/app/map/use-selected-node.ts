import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { NodeDetail } from '../../contract/nodes.ts';
import { useConsole, useFleet } from '../api/console.tsx';
import { nodeQuery } from '../api/map-queries.ts';
import type { Cell } from './find-cell.ts';
import type { MapQuery } from './map-url.ts';
import type { MapView } from './map-view.ts';

export interface SelectedNode {
  /** Undefined before the first answer; null when Ray tells of no such node. */
  readonly data: NodeDetail | null | undefined;
  readonly error: Error | null;
  readonly cell: Cell | null;
}

/** The node whose card is open, kept up with the fleet; a link that names it brings it into view. */
export function useSelectedNode({ node, place }: Pick<MapQuery, 'node' | 'place'>, view: MapView | null): SelectedNode {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const client = useQueryClient();
  const version = fleet?.version;
  const { data, error } = useQuery({ ...nodeQuery(api, node ?? ''), enabled: node !== null });
  useEffect(() => {
    if (version !== undefined) void client.invalidateQueries({ queryKey: ['node'] });
  }, [client, version]);
  const cell = node === null ? null : (data?.node.place ?? null);
  // A link that says where to look is looked at there.
  const isFromLink = useRef(node !== null && place === null);
  useEffect(() => {
    if (view === null || cell === null || !isFromLink.current) return;
    isFromLink.current = false;
    view.showCell(cell, 'large');
  }, [view, cell]);
  return { data: node === null ? undefined : data, error, cell };
}
