import type { ClusterPanel } from '../routing/routes.ts';

/** Where the focus goes when an editor has closed: to what it was opened by. */
export type ReturnFocus =
  /** To nothing in particular: no editor has closed. */
  | 'none'
  /** To the panel's button. */
  | 'edit-button'
  /** To the row in the list, whose menu opened the editor. */
  | 'row'
  | 'create-button';

/** What was open beside the list, newest first, as far as the focus depends on it. Null: nothing. */
export type PanelTrail = readonly (ClusterPanel | null)[];

/** The trail after a step; the same one where that changes nothing. */
export function extendTrail(trail: PanelTrail, panel: ClusterPanel | null): PanelTrail {
  const [last] = trail;
  return last !== undefined && keyOf(last) === keyOf(panel) ? trail : [panel, ...trail.slice(0, 2)];
}

/** Where the focus goes after the last step. `isListVisible`: the list stands beside what is open. */
export function returnFocusOf([now, before, earlier]: PanelTrail, isListVisible: boolean): ReturnFocus {
  if (now === null) return before?.kind === 'create' ? 'create-button' : 'none';
  if (now?.kind !== 'view' || before?.kind !== 'edit' || before.clusterId !== now.clusterId) return 'none';
  return earlier === null && isListVisible ? 'row' : 'edit-button';
}

function keyOf(panel: ClusterPanel | null): string {
  return panel === null ? '' : panel.kind === 'create' ? panel.kind : `${panel.kind} ${panel.clusterId}`;
}
