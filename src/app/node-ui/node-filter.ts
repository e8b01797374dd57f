import { nodeSorts, nodeStates, type NodeSort } from '../../contract/nodes.ts';
import type { NodeFilter } from './use-node-rows.ts';

/** A state's name; undefined for any other text. */
export function parseNodeState(name: string | null): NodeFilter['state'] {
  return nodeStates.find((state) => state === name);
}

/** The filter in a URL's query, as `?q=rack-2&template=4c8g&state=dead`; what it can't mean is left out. */
export function readNodeFilter(search: string): NodeFilter {
  const params = new URLSearchParams(search);
  const sort = nodeSorts.find((each) => each === params.get('sort'));
  return compactFilter({
    q: params.get('q')?.trim() ?? '',
    template: params.get('template') ?? '',
    state: parseNodeState(params.get('state')),
    cluster: params.get('cluster') ?? '',
    free: params.get('free') === 'true' ? true : undefined,
    sort,
    order: sort !== undefined && params.get('order') === 'desc' ? 'desc' : undefined,
  });
}

/** A query with another filter; what else stands in it stays. */
export function writeNodeFilter(
  search: string,
  { q, template, state, cluster, free, sort, order }: NodeFilter,
): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries({
    q,
    template,
    state,
    cluster,
    free: free === true ? 'true' : undefined,
    sort,
    order,
  })) {
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  }
  const query = params.toString();
  return query === '' ? '' : `?${query}`;
}

/** A filter without what says nothing. */
export function compactFilter(all: { readonly [Key in keyof NodeFilter]: NodeFilter[Key] | undefined }): NodeFilter {
  const { q, template, state, cluster, free, sort, order } = all;
  return {
    ...(q === undefined || q === '' ? {} : { q }),
    ...(template === undefined || template === '' ? {} : { template }),
    ...(state === undefined ? {} : { state }),
    ...(cluster === undefined || cluster === '' ? {} : { cluster }),
    ...(free === true ? { free } : {}),
    ...(sort === undefined ? {} : { sort }),
    ...(order === undefined ? {} : { order }),
  };
}

/** Whether it leaves any node out. */
export function isFiltering({ q, template, state, cluster, free }: NodeFilter): boolean {
  return q !== undefined || template !== undefined || state !== undefined || cluster !== undefined || free === true;
}

/** What a click on a column's heading asks for: ascending, then descending, then the order from before. */
export function toggleSort(filter: NodeFilter, column: NodeSort): NodeFilter {
  if (filter.sort !== column) return compactFilter({ ...filter, sort: column, order: undefined });
  return compactFilter(
    filter.order === 'desc' ? { ...filter, sort: undefined, order: undefined } : { ...filter, order: 'desc' },
  );
}

/** The order that a filter asks for in one word or two, such as `cpu` and `cpu desc`; empty for none. */
export function sortOptionOf({ sort, order }: NodeFilter): string {
  return sort === undefined ? '' : order === 'desc' ? `${sort} desc` : sort;
}

/** The filter with the order of that name; with none for any other text. */
export function withSortOption(filter: NodeFilter, name: string): NodeFilter {
  const [column, order] = name.split(' ');
  const sort = nodeSorts.find((each) => each === column);
  return compactFilter({ ...filter, sort, order: sort !== undefined && order === 'desc' ? 'desc' : undefined });
}
