import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { NodeQuery } from '../../contract/nodes.ts';
import type { FleetNode } from '../../domain/fleet.ts';
import { useConsole, useFleet } from '../api/console.tsx';
import { nodePageQuery, NODES_A_PAGE, renewNodePages } from '../api/queries.ts';

/** Which nodes are asked for; no page of them. */
export type NodeFilter = Pick<NodeQuery, 'q' | 'template' | 'state'>;

export interface NodeRows {
  /** How many match; null before the first answer. */
  readonly total: number | null;
  /** The node of a row; null while its page is on its way. */
  at(index: number): FleetNode | null;
  /** Why the rows in view can't be shown; null when they can. */
  readonly error: Error | null;
  again(): void;
}

/**
 * The nodes that match, of one virtual cluster or (null) of the whole fleet: only the pages that hold rows `first` to
 * `last` are asked for, and asked for again when the fleet has moved.
 */
export function useNodeRows(clusterId: string | null, filter: NodeFilter, first: number, last: number): NodeRows {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const client = useQueryClient();
  const version = fleet?.version ?? null;
  const firstPage = Math.floor(first / NODES_A_PAGE);
  const lastPage = Math.max(firstPage, Math.floor(last / NODES_A_PAGE));
  const pages = useQueries({
    queries: Array.from({ length: lastPage - firstPage + 1 }, (_, index) => nodePageQuery(api, clusterId, filter, firstPage + index)),
  });

  useEffect(() => {
    if (version !== null) void renewNodePages(client, clusterId, version);
  }, [client, clusterId, version]);

  return {
    total: pages.find((page) => page.data !== undefined)?.data?.total ?? null,
    at(index) {
      const page = Math.floor(index / NODES_A_PAGE);
      return pages[page - firstPage]?.data?.nodes[index - page * NODES_A_PAGE] ?? null;
    },
    error: pages.find((page) => page.error !== null && page.data === undefined)?.error ?? null,
    again: () => void Promise.all(pages.map((page) => page.refetch())),
  };
}
