import { nodeSorts, parseNodeState, type NodeSort } from '../../contract/nodes.ts';
import type { NodeFilter } from './use-node-rows.ts';

/** The filter in a URL's query, as `?q=rack-2&template=4c8g&state=dead`; invalid parameters are ignored. */
export function readNodeFilter(search: string): NodeFilter {
  const params = new URLSearchParams(search);
  const sort = nodeSorts.find((each) => each === params.get('sort'));
  return compactFilter({
    q: params.get('q')?.trim() ?? '',
    template: params.get('template') ?? '',
    state: parseNodeState(params.get('state') ?? ''),
    cluster: params.get('cluster') ?? '',
    free: params.get('free') === 'true' ? true : undefined,
    sort,
    order: sort !== undefined && params.get('order') === 'desc' ? 'desc' : undefined,
  });
}

/** The query with another filter; its other parameters are kept. */
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

/** The filter without its empty parts. */
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

/** Whether the filter excludes nodes; an order alone does not. */
export function isFiltering({ q, template, state, cluster, free }: NodeFilter): boolean {
  return q !== undefined || template !== undefined || state !== undefined || cluster !== undefined || free === true;
}

/** The filter after a click on a column's heading: ascending, then descending, then unsorted. */
export function toggleSort(filter: NodeFilter, column: NodeSort): NodeFilter {
  if (filter.sort !== column) return compactFilter({ ...filter, sort: column, order: undefined });
  return compactFilter(
    filter.order === 'desc' ? { ...filter, sort: undefined, order: undefined } : { ...filter, order: 'desc' },
  );
}

/** The filter's order as an option's value, such as `cpu` or `cpu desc`; empty for none. */
export function sortOptionOf({ sort, order }: NodeFilter): string {
  return sort === undefined ? '' : order === 'desc' ? `${sort} desc` : sort;
}

/** The filter with the order that an option's value names; unsorted for any other text. */
export function withSortOption(filter: NodeFilter, name: string): NodeFilter {
  const [column, order] = name.split(' ');
  const sort = nodeSorts.find((each) => each === column);
  return compactFilter({ ...filter, sort, order: sort !== undefined && order === 'desc' ? 'desc' : undefined });
}
