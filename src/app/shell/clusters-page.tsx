import { lazy, Suspense, useEffect, useRef, type RefObject } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import { pathTo, type ClusterPanel } from '../routing/routes.ts';
import { text } from '../text/text.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { navigateTo } from '../routing/link.tsx';
import { ClusterList } from '../features/clusters/cluster-list.tsx';
import classes from './clusters-page.module.css';
import { RayNoticeSlot } from './ray-notice-slot.tsx';

const DeletedNotice = lazy(() =>
  import('../features/delete/deleted-notice.tsx').then((part) => ({ default: part.DeletedNotice })),
);
const ClusterScreen = lazy(() => import('./cluster-screen.tsx').then((part) => ({ default: part.ClusterScreen })));
const Editor = lazy(() => import('../features/editor/editor.tsx').then((part) => ({ default: part.Editor })));

/** The list, and beside it (below 1200 px: instead of it) one virtual cluster, its editor, or a new one. */
export function ClustersPage({ panel }: { readonly panel: ClusterPanel | null }) {
  const page = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const historyState = useHistoryState<unknown>();
  const isAfterDelete = typeof historyState === 'object' && historyState !== null && 'deleted' in historyState;
  const key = panel === null ? '' : panelKeyOf(panel, historyState);
  // What a person types in an editor is closed by the editor, which asks first.
  useCloseOnEscape(page, panel?.kind === 'view');

  return (
    <div className={classes['page']} data-panel={panel !== null} ref={page}>
      <div className={classes['list']} ref={scroller}>
        <div role="status">
          {isAfterDelete && (
            <Suspense fallback={null}>
              <DeletedNotice />
            </Suspense>
          )}
        </div>
        <ClusterList
          selectedId={panel === null || panel.kind === 'create' ? null : panel.clusterId}
          scroller={scroller}
          notice={<RayNoticeSlot />}
        />
      </div>
      {panel !== null && (
        <div className={classes['panel']}>
          <ErrorBoundary resetKey={key}>
            <Suspense fallback={<p className={classes['loading']}>{text.shell.loading}</p>}>
              {panelContent(panel, key)}
            </Suspense>
          </ErrorBoundary>
        </div>
      )}
    </div>
  );
}

/** Esc closes the panel, unless it was for something above the page (a menu, a dialog) or something in it took it. */
function useCloseOnEscape(page: RefObject<HTMLElement | null>, isWanted: boolean) {
  useEffect(() => {
    if (!isWanted) return undefined;
    const pressed = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      const isHere = target === document.body || (target instanceof Node && page.current?.contains(target) === true);
      if (key === 'Escape' && !defaultPrevented && isHere) navigateTo(pathTo.clusters, { keepQuery: true });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [page, isWanted]);
}

function panelContent(panel: ClusterPanel, key: string) {
  switch (panel.kind) {
    case 'view':
      return <ClusterScreen key={key} clusterId={panel.clusterId} />;
    case 'edit':
      return <Editor key={key} clusterId={panel.clusterId} />;
    case 'create':
      return <Editor key={key} clusterId={null} />;
  }
}

/** `led`: the state that a step within the page carried. Creating anew what was lost opens the form anew. */
function panelKeyOf(panel: ClusterPanel, historyState: unknown): string {
  if (panel.kind !== 'create') return `${panel.kind} ${panel.clusterId}`;
  const recreated =
    typeof historyState === 'object' && historyState !== null && 'recreated' in historyState
      ? String(historyState.recreated)
      : '';
  return `${panel.kind} ${recreated}`;
}
