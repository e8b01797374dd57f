import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useConsole } from '../../api/console.tsx';
import { queryKeys } from '../../api/query-keys.ts';
import type { NodeRow } from '../../../contract/nodes.ts';

/** Shorter texts are in too many nodes to name one. */
const MIN_CHARACTERS = 2;
const MAX_NODES = 6;

/** The nodes that match best, once typing pauses; a request that is out of date is aborted. `failure`: why they could not be found. */
export function useNamedNodes(typed: string): { readonly nodes: readonly NodeRow[]; readonly failure: string | null } {
  const { api } = useConsole();
  const [q] = useDebouncedValue(typed.trim(), 150);
  const isAsked = q.length >= MIN_CHARACTERS;
  const { data, error } = useQuery({
    queryKey: queryKeys.namedNodes(q),
    queryFn: ({ signal }) => api.nodes({ q, limit: MAX_NODES }, signal),
    enabled: isAsked,
    gcTime: 10_000,
  });
  const isCurrent = isAsked && q === typed.trim();
  return { nodes: isCurrent ? (data?.nodes ?? none) : none, failure: isCurrent ? (error?.message ?? null) : null };
}

const none: readonly NodeRow[] = [];
