import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { NodeQuery, NodeRow } from '../../contract/nodes.ts';
import { useConsole, useFleet } from '../api/console.tsx';
import { nodePageQuery, NODES_PER_PAGE, invalidateStaleNodePages } from '../api/queries.ts';

/** Which nodes to list, and in which order. */
export type NodeFilter = Omit<NodeQuery, 'offset' | 'limit'>;

export interface NodeRows {
  /** How many match; null before the first answer. */
  readonly total: number | null;
  /** The node of a row; null while its page loads. */
  at(index: number): NodeRow | null;
  /** Whether every page of the rows `first` to `last` has come. */
  readonly isLoaded: boolean;
  /** Null once the rows in view can be shown, even if a later refresh failed. */
  readonly error: Error | null;
  refetch(): void;
}

/**
 * The matching nodes of one virtual cluster or (null) of the whole fleet. Requests only the first page, which has the
 * total, and the pages of rows `first` to `last`; again when the fleet's version changes.
 */
export function useNodeRows(clusterId: string | null, filter: NodeFilter, first: number, last: number): NodeRows {
  const { api } = useConsole();
  const { fleet } = useFleet();
  const client = useQueryClient();
  const version = fleet?.version ?? null;
  const pageNumbers = pagesOfRange(first, last);
  const pages = useQueries({ queries: pageNumbers.map((page) => nodePageQuery(api, clusterId, filter, page)) });

  useEffect(() => {
    if (version !== null) void invalidateStaleNodePages(client, clusterId, version);
  }, [client, clusterId, version]);

  return {
    total: pages[0]?.data?.total ?? null,
    at(index) {
      const page = Math.floor(index / NODES_PER_PAGE);
      return pages[pageNumbers.indexOf(page)]?.data?.nodes[index - page * NODES_PER_PAGE] ?? null;
    },
    isLoaded: pages.every((page) => page.data !== undefined),
    error: pages.find((page) => page.error !== null && page.data === undefined)?.error ?? null,
    refetch: () => void Promise.all(pages.map((page) => page.refetch())),
  };
}

/** The numbers of the first page and of those with rows `first` to `last`. */
export function pagesOfRange(first: number, last: number): readonly number[] {
  const from = Math.floor(first / NODES_PER_PAGE);
  const to = Math.max(from, Math.floor(last / NODES_PER_PAGE));
  return [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, index) => from + index)])];
}
