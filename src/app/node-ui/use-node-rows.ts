import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { NodeQuery, NodeRow } from '../../contract/nodes.ts';
import { useConsole, useFleet } from '../api/console.tsx';
import { nodePageQuery, NODES_PER_PAGE, invalidateStaleNodePages } from '../api/queries.ts';

/** Which nodes are asked for, and in which order; no page of them. */
export type NodeFilter = Omit<NodeQuery, 'offset' | 'limit'>;

export interface NodeRows {
  /** How many match; null before the first answer. */
  readonly total: number | null;
  /** The node of a row; null while its page is on its way. */
  at(index: number): NodeRow | null;
  /** Why the rows in view can't be shown; null when they can. */
  readonly error: Error | null;
  refetch(): void;
}

/**
 * The nodes that match, of one virtual cluster or (null) of the whole fleet: only the pages that hold rows `first` to
 * `last`, and the first one, which tells how many there are, are asked for; again when the fleet has moved.
 */
export function useNodeRows(clusterId: string | null, filter: NodeFilter, first: number, last: number): NodeRows {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const client = useQueryClient();
  const version = fleet?.version ?? null;
  const asked = pagesOfRange(first, last);
  const pages = useQueries({ queries: asked.map((page) => nodePageQuery(api, clusterId, filter, page)) });

  useEffect(() => {
    if (version !== null) void invalidateStaleNodePages(client, clusterId, version);
  }, [client, clusterId, version]);

  return {
    total: pages[0]?.data?.total ?? null,
    at(index) {
      const page = Math.floor(index / NODES_PER_PAGE);
      return pages[asked.indexOf(page)]?.data?.nodes[index - page * NODES_PER_PAGE] ?? null;
    },
    error: pages.find((page) => page.error !== null && page.data === undefined)?.error ?? null,
    refetch: () => void Promise.all(pages.map((page) => page.refetch())),
  };
}

/** The pages that rows `first` to `last` stand on, behind the first page. */
export function pagesOfRange(first: number, last: number): readonly number[] {
  const from = Math.floor(first / NODES_PER_PAGE);
  const to = Math.max(from, Math.floor(last / NODES_PER_PAGE));
  return [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, index) => from + index)])];
}
