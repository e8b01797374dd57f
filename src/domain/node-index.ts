import type { Reading } from './fact.ts';
import type { FleetSources } from './join.ts';
import type { LiveNode, StateNode, SummaryNode } from './sources.ts';

/** What each source's last reading says, by node id. A failing source's reading says nothing now: see `current`. */
export interface NodeIndex {
  readonly live: Indexed<FleetSources['liveness'], LiveNode>;
  readonly inState: Indexed<FleetSources['state'], StateNode>;
  readonly summed: Indexed<FleetSources['summary'], SummaryNode>;
}

interface Indexed<S extends { readonly last: Reading<unknown> | null }, T> {
  /** The reading's value that it is of: the same one needs no second index. */
  readonly of: NonNullable<S['last']>['value'] | null;
  readonly byId: ReadonlyMap<string, T>;
}

export function emptyIndex(): NodeIndex {
  const none = { of: null, byId: new Map() };
  return { live: none, inState: none, summed: none };
}

/** The index of the last readings; what has not changed since `before` is taken from there. */
export function indexNodes(sources: FleetSources, before: NodeIndex): NodeIndex {
  return {
    live: indexed(before.live, sources.liveness, (nodes, put) => {
      for (const node of nodes) put(node.nodeId, node);
    }),
    inState: indexed(before.inState, sources.state, (clusters, put) => {
      for (const { nodes } of clusters) for (const [id, node] of nodes) put(id, node);
    }),
    summed: indexed(before.summed, sources.summary, (nodes, put) => {
      for (const node of nodes) put(node.nodeId, node);
    }),
  };
}

function indexed<V, T>(
  before: { readonly of: V | null; readonly byId: ReadonlyMap<string, T> },
  source: { readonly last: Reading<V> | null },
  each: (value: V, put: (id: string, what: T) => void) => void,
): { readonly of: V | null; readonly byId: ReadonlyMap<string, T> } {
  const of = source.last?.value ?? null;
  if (of === before.of) return before;
  const byId = new Map<string, T>();
  if (of !== null) each(of, (id, what) => byId.set(id, what));
  return { of, byId };
}
