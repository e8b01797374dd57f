import type { Reading } from './sourced.ts';
import type { FleetSources } from './fleet-sources.ts';
import type { LiveNode, StateNode, SummaryNode } from './sources.ts';

/** Each source's last reading by node id, also of a source that fails now (see `current`). */
export interface NodeIndex {
  readonly liveness: Indexed<FleetSources['liveness'], LiveNode>;
  readonly state: Indexed<FleetSources['state'], StateNode>;
  readonly summary: Indexed<FleetSources['summary'], SummaryNode>;
}

interface Indexed<S extends { readonly last: Reading<unknown> | null }, T> {
  /** The value that was indexed, so that an unchanged one is not indexed again. */
  readonly source: NonNullable<S['last']>['value'] | null;
  readonly byId: ReadonlyMap<string, T>;
}

export function emptyIndex(): NodeIndex {
  const none = { source: null, byId: new Map() };
  return { liveness: none, state: none, summary: none };
}

/** Indexes the last readings, reusing the parts of `before` whose reading has not changed. */
export function indexNodes(sources: FleetSources, before: NodeIndex): NodeIndex {
  return {
    liveness: indexed(before.liveness, sources.liveness, (nodes, put) => {
      for (const node of nodes) put(node.nodeId, node);
    }),
    state: indexed(before.state, sources.state, (clusters, put) => {
      for (const { nodes } of clusters) for (const [id, node] of nodes) put(id, node);
    }),
    summary: indexed(before.summary, sources.summary, (nodes, put) => {
      for (const node of nodes) put(node.nodeId, node);
    }),
  };
}

function indexed<V, T>(
  before: { readonly source: V | null; readonly byId: ReadonlyMap<string, T> },
  state: { readonly last: Reading<V> | null },
  each: (value: V, put: (id: string, what: T) => void) => void,
): { readonly source: V | null; readonly byId: ReadonlyMap<string, T> } {
  const source = state.last?.value ?? null;
  if (source === before.source) return before;
  const byId = new Map<string, T>();
  if (source !== null) each(source, (id, what) => byId.set(id, what));
  return { source, byId };
}
