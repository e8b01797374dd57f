import { columnOf, listColumns, type SortColumn } from './list-columns.ts';
import { nodeParts, type NodePart } from './overview/template-totals.ts';

/** The columns of the list; each can be sorted by. */
export const sortColumns: readonly SortColumn[] = listColumns.map(({ id }) => id);

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** Asks for the virtual clusters with nodes of a template that do this; `free`: with any of its nodes. */
export interface NodesFilter {
  readonly part: NodePart;
  readonly templateId: string;
}

/** What the list is drawn as. */
export const listViews = ['list', 'matrix'] as const;
type ListView = (typeof listViews)[number];

/** What the matrix counts in its cells. */
export const measures = ['held', 'idle', 'dead'] as const;
export type Measure = (typeof measures)[number];

/** The list's filter and sort. They live in the URL's query, so that a reload and "back" keep them. */
export interface ListQuery {
  /** As typed, spaces included. */
  readonly filter: string;
  readonly kind: 'all' | 'divisible' | 'indivisible';
  readonly inUse: boolean;
  readonly deadNodes: boolean;
  /** Only what this person may change. */
  readonly mine: boolean;
  readonly nodes: NodesFilter | null;
  readonly sort: Sort;
  readonly view: ListView;
  readonly measure: Measure;
  /** The template by whose column the matrix is sorted; null: as `sort` says. */
  readonly by: string | null;
}

export const noFilter: Pick<ListQuery, 'filter' | 'kind' | 'inUse' | 'deadNodes' | 'mine' | 'nodes'> = {
  filter: '',
  kind: 'all',
  inUse: false,
  deadNodes: false,
  mine: false,
  nodes: null,
};

const names = {
  filter: 'q',
  kind: 'kind',
  inUse: 'in-use',
  deadNodes: 'dead-nodes',
  mine: 'mine',
  nodes: 'nodes',
  sort: 'sort',
  descending: 'desc',
  view: 'view',
  measure: 'count',
  by: 'by',
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
    mine: parameters.has(names.mine),
    nodes: parseNodesFilter(parameters.get(names.nodes)),
    sort: { column, descending: parameters.has(names.descending) },
    view: parameters.get(names.view) === 'matrix' ? 'matrix' : 'list',
    measure: measures.find((each) => each === parameters.get(names.measure)) ?? 'held',
    by: parameters.get(names.by),
  };
}

/** The part stands first, because a template's name may have any character. */
function parseNodesFilter(text: string | null): NodesFilter | null {
  const end = text?.indexOf(':') ?? -1;
  const part = nodeParts.find((each) => each === text?.slice(0, end));
  return text === null || end < 0 || part === undefined ? null : { part, templateId: text.slice(end + 1) };
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
  set(names.mine, query.mine ? '1' : null);
  set(names.nodes, query.nodes === null ? null : `${query.nodes.part}:${query.nodes.templateId}`);
  set(names.sort, query.sort.column === 'id' ? null : query.sort.column);
  set(names.descending, query.sort.descending ? '1' : null);
  set(names.view, query.view === 'list' ? null : query.view);
  set(names.measure, query.measure === 'held' ? null : query.measure);
  set(names.by, query.by);
  const text = written.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * The sort after a click on a column's head: another column first as people look for it (the most nodes, the newest
 * revision), the same column the other way round.
 */
export function nextSort(sort: Sort, column: SortColumn): Sort {
  if (sort.column === column) return { column, descending: !sort.descending };
  return { column, descending: columnOf(column).descendsFirst };
}
