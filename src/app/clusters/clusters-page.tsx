import { lazy, Suspense, useEffect, useRef, type RefObject } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import { pathTo, type ClusterPanel } from '../route.ts';
import { text } from '../text/text.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { go } from '../ui/link.tsx';
import { ClusterList } from './cluster-list.tsx';
import classes from './clusters-page.module.css';

const DeletedNotice = lazy(() => import('../remove/deleted-notice.tsx').then((part) => ({ default: part.DeletedNotice })));
const Panel = lazy(() => import('../panel/panel.tsx').then((part) => ({ default: part.Panel })));
const Editor = lazy(() => import('../editor/editor.tsx').then((part) => ({ default: part.Editor })));

/** The list, and beside it (below 1200 px: instead of it) one virtual cluster, its editor, or a new one. */
export function ClustersPage({ panel }: { readonly panel: ClusterPanel | null }) {
  const page = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const led = useHistoryState<unknown>();
  const isAfterDelete = typeof led === 'object' && led !== null && 'deleted' in led;
  // What a person types in an editor is closed by the editor, which asks first.
  useEscape(page, panel?.kind === 'view');

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
        <ClusterList selectedId={panel === null || panel.kind === 'create' ? null : panel.clusterId} scroller={scroller} />
      </div>
      {panel !== null && (
        <div className={classes['panel']}>
          <ErrorBoundary resetKey={keyOf(panel)}>
            <Suspense fallback={<p className={classes['loading']}>{text.shell.loading}</p>}>{panelFor(panel)}</Suspense>
          </ErrorBoundary>
        </div>
      )}
    </div>
  );
}

/** Esc closes the panel, unless it was for something above the page (a menu, a dialog) or something in it took it. */
function useEscape(page: RefObject<HTMLElement | null>, isWanted: boolean) {
  useEffect(() => {
    if (!isWanted) return undefined;
    const pressed = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      const isHere = target === document.body || (target instanceof Node && page.current?.contains(target) === true);
      if (key === 'Escape' && !defaultPrevented && isHere) go(pathTo.clusters, { keepQuery: true });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [page, isWanted]);
}

function panelFor(panel: ClusterPanel) {
  switch (panel.kind) {
    case 'view':
      return <Panel key={keyOf(panel)} clusterId={panel.clusterId} />;
    case 'edit':
      return <Editor key={keyOf(panel)} clusterId={panel.clusterId} />;
    case 'create':
      return <Editor key={keyOf(panel)} clusterId={null} />;
  }
}

function keyOf(panel: ClusterPanel): string {
  return panel.kind === 'create' ? panel.kind : `${panel.kind} ${panel.clusterId}`;
}
