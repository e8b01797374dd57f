import type { NodeFilter } from './use-node-rows.ts';

/** What nodes can be filtered by, in the order in which it is offered. */
export const nodeStates = ['alive', 'idle', 'busy', 'dead', 'unknown'] as const satisfies readonly NonNullable<NodeFilter['state']>[];

/** A state's name; undefined for any other text. */
export function stateOrNone(name: string | null): NodeFilter['state'] {
  return nodeStates.find((state) => state === name);
}

/** The filter in a URL's query, as `?q=rack-2&template=4c8g&state=dead`; what it can't mean is left out. */
export function readNodeFilter(search: string): NodeFilter {
  const params = new URLSearchParams(search);
  const q = params.get('q')?.trim() ?? '';
  const template = params.get('template') ?? '';
  const state = stateOrNone(params.get('state'));
  return { ...(q === '' ? {} : { q }), ...(template === '' ? {} : { template }), ...(state === undefined ? {} : { state }) };
}

/** The query that stands for a filter; empty for none. */
export function writeNodeFilter({ q, template, state }: NodeFilter): string {
  const params = new URLSearchParams();
  if (q !== undefined) params.set('q', q);
  if (template !== undefined) params.set('template', template);
  if (state !== undefined) params.set('state', state);
  const query = params.toString();
  return query === '' ? '' : `?${query}`;
}
