/** The columns of the list that can be sorted by. */
export const sortColumns = ['id', 'kind', 'sets', 'nodes', 'used-by', 'owner', 'revision'] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** The list's filter and sort. They live in the URL's query, so that a reload and "back" keep them. */
export interface ListQuery {
  /** As typed, spaces included. */
  readonly filter: string;
  readonly kind: 'all' | 'divisible' | 'indivisible';
  readonly inUse: boolean;
  readonly deadNodes: boolean;
  readonly sort: Sort;
}

export const noFilter: Pick<ListQuery, 'filter' | 'kind' | 'inUse' | 'deadNodes'> = {
  filter: '',
  kind: 'all',
  inUse: false,
  deadNodes: false,
};

const names = {
  filter: 'q',
  kind: 'kind',
  inUse: 'in-use',
  deadNodes: 'dead-nodes',
  sort: 'sort',
  descending: 'desc',
} as const;

/** Reads a URL's query (with or without its `?`); missing or invalid parts have their defaults. */
export function readListQuery(search: string): ListQuery {
  const parameters = new URLSearchParams(search);
  const kind = parameters.get(names.kind);
  const column = sortColumns.find((each) => each === parameters.get(names.sort)) ?? 'id';
  return {
    filter: parameters.get(names.filter) ?? '',
    kind: kind === 'divisible' || kind === 'indivisible' ? kind : 'all',
    inUse: parameters.has(names.inUse),
    deadNodes: parameters.has(names.deadNodes),
    sort: { column, descending: parameters.has(names.descending) },
  };
}

/** The URL's query: empty, or `?` and what differs from the defaults. Other parameters of `search` are kept. */
export function writeListQuery(search: string, query: ListQuery): string {
  const written = new URLSearchParams(search);
  const set = (name: string, value: string | null) =>
    value === null ? written.delete(name) : written.set(name, value);
  set(names.filter, query.filter === '' ? null : query.filter);
  set(names.kind, query.kind === 'all' ? null : query.kind);
  set(names.inUse, query.inUse ? '1' : null);
  set(names.deadNodes, query.deadNodes ? '1' : null);
  set(names.sort, query.sort.column === 'id' ? null : query.sort.column);
  set(names.descending, query.sort.descending ? '1' : null);
  const text = written.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether any filter is set. */
export function isFiltered({ filter, kind, inUse, deadNodes }: ListQuery): boolean {
  return filter.trim() !== '' || kind !== 'all' || inUse || deadNodes;
}

/**
 * The sort after a click on a column's head: another column first as people look for it (the most nodes, the newest
 * revision), the same column the other way round.
 */
export function nextSort(sort: Sort, column: SortColumn): Sort {
  if (sort.column === column) return { column, descending: !sort.descending };
  return { column, descending: column === 'nodes' || column === 'used-by' || column === 'revision' };
}
