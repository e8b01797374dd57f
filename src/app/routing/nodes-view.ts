/** How the nodes are shown. */
export type NodesView = 'map' | 'table';

/** The view that a URL's query names. */
export function readNodesView(search: string): NodesView {
  return new URLSearchParams(search).get('view') === 'table' ? 'table' : 'map';
}
