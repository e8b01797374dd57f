import { Suspense, useEffect, useRef, useState } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import { pathTo, type ClusterPanel } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { useSideBySide } from '../ui/use-side-by-side.ts';
import { useEscape } from '../ui/use-escape.ts';
import { navigateTo } from '../routing/navigate.ts';
import { ClusterList, loadListAhead } from '../features/clusters/cluster-list.tsx';
import { FleetOverview } from '../features/clusters/overview/fleet-overview.tsx';
import classes from './clusters-page.module.css';
import { PanelAhead } from './panel-ahead.tsx';
import { extendTrail, returnFocusOf, type ReturnFocus } from './panel-trail.ts';
import { RayNoticeSlot } from './ray-notice-slot.tsx';
import { useRail } from './use-rail.ts';
import { useSteadyDoubleClick } from './use-steady-double-click.ts';
import { latePart } from '../ui/late-part.tsx';
import { optionalPart } from '../ui/optional-part.ts';

const OverviewSide = optionalPart(() => import('./overview-side.tsx'), 'OverviewSide');
const RailSide = optionalPart(() => import('./rail-side.tsx'), 'RailSide');
const clusterScreen = () => import('./cluster-screen.tsx');
const loading = () => <p className={classes['loading']}>{text.shell.loading}</p>;
const { Part: ClusterScreen, load: loadClusterScreen } = latePart(clusterScreen, 'ClusterScreen', loading);
async function loadAhead(): Promise<void> {
  await loadListAhead();
  await loadClusterScreen();
  await (await clusterScreen()).loadRest();
}
const { Part: Editor } = latePart(() => import('../features/editor/editor.tsx'), 'Editor', loading);

/** Each one element, so that a new render of the page is none of the overview. */
const overview = (
  <FleetOverview
    isRail={false}
    side={
      <Suspense fallback={<section />}>
        <OverviewSide />
      </Suspense>
    }
  />
);
const rail = (
  <FleetOverview
    isRail
    side={
      <Suspense fallback={null}>
        <RailSide />
      </Suspense>
    }
  />
);

/**
 * The list, and beside it (below 1200 px: in its place) a virtual cluster, its editor, or the form for a new one. On a wide page the
 * overview has the right edge, whether a panel is open or not.
 */
export function ClustersPage({ panel }: { readonly panel: ClusterPanel | null }) {
  const page = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const historyState = useHistoryState<unknown>();
  const key = panel === null ? '' : panelKeyOf(panel, historyState);
  const [trail, setTrail] = useState(() => extendTrail([], panel));
  const nextTrail = extendTrail(trail, panel);
  if (nextTrail !== trail) setTrail(nextTrail);
  const focus = returnFocusOf(nextTrail, useSideBySide());
  useEffect(() => {
    const { activeElement } = document;
    // While the panel's code is loaded, the editor is still there, hidden.
    const isLost = activeElement === document.body || activeElement?.closest('[data-panel-content]') !== null;
    if (focus === 'row' && isLost) page.current?.querySelector<HTMLElement>('[aria-current] [data-row-link]')?.focus();
    if (focus === 'create-button' && isLost) page.current?.querySelector<HTMLElement>('[data-opens="create"]')?.focus();
  }, [focus]);
  const isRail = useRail(page);
  useSteadyDoubleClick(page);
  // An editor closes itself.
  useEscape(page, closePanel, panel?.kind === 'view');

  return (
    <div className={classes['page']} data-panel={panel !== null} data-rail={isRail} ref={page}>
      <PanelAhead load={loadAhead} />
      <div className={classes['list']}>
        <div className={classes['scroller']} ref={scroller}>
          <ClusterList
            selectedId={panel === null || panel.kind === 'create' ? null : panel.clusterId}
            scroller={scroller}
            overview={isRail ? null : overview}
          />
        </div>
        {/* Below the list, so that it pushes no row away. */}
        <div className={classes['notices']}>
          <RayNoticeSlot />
        </div>
      </div>
      {panel !== null && (
        <div className={classes['panel']} data-panel-content>
          <ErrorBoundary resetKey={key} isScreen>
            {panelContent(panel, key, focus)}
          </ErrorBoundary>
        </div>
      )}
      {isRail && <div className={classes['rail']}>{rail}</div>}
    </div>
  );
}

function closePanel(): void {
  navigateTo(pathTo.clusters, { keepQuery: true });
}

function panelContent(panel: ClusterPanel, key: string, focus: ReturnFocus) {
  switch (panel.kind) {
    case 'view':
      return <ClusterScreen key={key} clusterId={panel.clusterId} isEditFocused={focus === 'edit-button'} />;
    case 'edit':
      return <Editor key={key} clusterId={panel.clusterId} />;
    case 'create':
      return <Editor key={key} clusterId={null} />;
  }
}

/** A step that carries a lost cluster to create again (`recreated` in the history state) opens a fresh form. */
function panelKeyOf(panel: ClusterPanel, historyState: unknown): string {
  if (panel.kind !== 'create') return `${panel.kind} ${panel.clusterId}`;
  const recreated =
    typeof historyState === 'object' && historyState !== null && 'recreated' in historyState
      ? String(historyState.recreated)
      : '';
  return `${panel.kind} ${recreated}`;
}
