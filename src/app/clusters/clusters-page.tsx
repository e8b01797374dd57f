import { lazy } from 'react';
import type { ClusterPanel } from '../route.ts';
import { ClusterList } from './cluster-list.tsx';
import classes from './clusters-page.module.css';

const Panel = lazy(() => import('../panel/panel.tsx').then((part) => ({ default: part.Panel })));
const Editor = lazy(() => import('../editor/editor.tsx').then((part) => ({ default: part.Editor })));

/** The list, and beside it (below 1200 px: instead of it) one virtual cluster, its editor, or a new one. */
export function ClustersPage({ panel }: { readonly panel: ClusterPanel | null }) {
  return (
    <div className={classes['page']} data-panel={panel !== null}>
      <div className={classes['list']}>
        <ClusterList selectedId={panel === null || panel.kind === 'create' ? null : panel.clusterId} isBeside={panel !== null} />
      </div>
      {panel !== null && <div className={classes['panel']}>{panelFor(panel)}</div>}
    </div>
  );
}

function panelFor(panel: ClusterPanel) {
  switch (panel.kind) {
    case 'view':
      return <Panel key={panel.clusterId} clusterId={panel.clusterId} />;
    case 'edit':
      return <Editor key={`edit ${panel.clusterId}`} clusterId={panel.clusterId} />;
    case 'create':
      return <Editor key="create" clusterId={null} />;
  }
}
