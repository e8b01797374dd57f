import { ClusterPanel, loadPanelUsage } from '../features/cluster-panel/cluster-panel.tsx';
import { usePanelDeletion } from '../features/delete/use-panel-deletion.tsx';

/** Also what it loads late itself. */
export async function loadClusterScreen(): Promise<void> {
  await loadPanelUsage();
}

interface ClusterScreenProps {
  readonly clusterId: string;
  /** Whether its editor has just closed, so that the button which opens it takes the focus. */
  readonly isEditFocused?: boolean;
}

/** One virtual cluster, with what is needed to delete it. */
export function ClusterScreen({ clusterId, isEditFocused = false }: ClusterScreenProps) {
  return <ClusterPanel clusterId={clusterId} isEditFocused={isEditFocused} deletion={usePanelDeletion(clusterId)} />;
}
