import { ClusterPanel } from '../features/cluster-panel/cluster-panel.tsx';
import { usePanelDeletion } from '../features/delete/use-panel-deletion.tsx';

/** One virtual cluster, with what is needed to delete it. */
export function ClusterScreen({ clusterId }: { readonly clusterId: string }) {
  return <ClusterPanel clusterId={clusterId} deletion={usePanelDeletion(clusterId)} />;
}
