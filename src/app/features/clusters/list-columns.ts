import type { VirtualCluster } from '../../../domain/fleet.ts';
import { shownValue } from '../../../domain/sourced.ts';
import type { UsageTrends } from '../../../contract/usage.ts';
import type { TermName } from '../../text/help.ts';
import { nodeCount, countUsers, totalUsers } from './cluster-summary.ts';

/** The last 7 days of each virtual cluster that has any, by its id. */
export type Trends = ReadonlyMap<string, Trend>;
export type Trend = UsageTrends['clusters'][number];

type SortKey =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'revision'; readonly value: VirtualCluster['revision'] };

interface ListColumn {
  /** In the URL, too: never renamed. */
  readonly id: string;
  /** What it is sorted by; null where that is not known. */
  readonly keyOf: (cluster: VirtualCluster, trends: Trends) => SortKey | null;
  /** Whether people look for the greatest first. */
  readonly descendsFirst: boolean;
  /** What its name means. */
  readonly term?: TermName;
}

const number = (value: number) => ({ kind: 'number', value }) as const;

/** The list's columns, in their order. Which of them a width has room for, the styles say. */
export const listColumns = [
  // Ids break ties in any case.
  { id: 'id', keyOf: () => number(0), descendsFirst: false },
  { id: 'kind', keyOf: ({ divisible }) => number(divisible ? 0 : 1), descendsFirst: false, term: 'kind' },
  {
    id: 'sets',
    keyOf: ({ templates }) => ({
      kind: 'text',
      value: templates.map(({ templateId, count }) => `${templateId} ${String(count)}`).join(' '),
    }),
    descendsFirst: false,
    term: 'replica-sets',
  },
  {
    id: 'nodes',
    keyOf: (cluster) => number(nodeCount(cluster)),
    descendsFirst: true,
    term: 'nodes',
  },
  {
    id: 'used-by',
    keyOf: ({ usedBy }) => {
      const use = shownValue(countUsers(usedBy));
      return use === null ? null : number(totalUsers(use.value));
    },
    descendsFirst: true,
    term: 'used-by',
  },
  {
    id: 'trend',
    keyOf: ({ id }, trends) => {
      const since = trends.get(id)?.idleSince ?? null;
      return since === null ? null : number(-since);
    },
    descendsFirst: true,
    term: 'week',
  },
  {
    id: 'owner',
    keyOf: ({ profile }) => {
      const owner = profile?.profile.owner ?? '';
      return owner === '' ? null : { kind: 'text', value: owner };
    },
    descendsFirst: false,
  },
  {
    id: 'revision',
    keyOf: ({ revision }) => ({ kind: 'revision', value: revision }),
    descendsFirst: true,
    term: 'revision',
  },
] as const satisfies readonly ListColumn[];

export type SortColumn = (typeof listColumns)[number]['id'];

/** A column by its id. */
export function columnOf(id: SortColumn): ListColumn {
  return listColumns.find((column) => column.id === id) ?? listColumns[0];
}
