import { useEffect, type ReactNode } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import { denialReason } from '../../api/denial-reason.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { useFleet, useSession } from '../../api/console.tsx';
import { navigateTo } from '../../routing/navigate.ts';
import { asksFor } from '../../routing/cluster-request.ts';
import { pathTo } from '../../routing/routes.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { DeleteOutcome } from './delete-outcome.tsx';
import { useDelete } from './use-delete.ts';
import { useDeleteWhenIdle } from './use-delete-when-idle.ts';
import { DeleteWhenIdleStatus, WaitingDeletionNotice } from './waiting-deletion-notice.tsx';

/** Deleting one virtual cluster, as parts for its panel. */
interface DeletionParts {
  /** False while a delete is being sent or its outcome is not known yet. */
  readonly canOpen: boolean;
  open(cluster: VirtualCluster): void;
  /** Whether `outcome` lists what holds the cluster. */
  readonly listsHolders: boolean;
  /** Whether the deletion says why the cluster is not there any more, so that the panel need not. */
  readonly saysNotFound: boolean;
  /** How a deletion that waits until the cluster is idle stands. */
  readonly notice: ReactNode;
  readonly outcome: ReactNode;
  readonly dialog: ReactNode;
}

export function usePanelDeletion(clusterId: string): DeletionParts {
  const { fleet } = useFleet();
  const deletion = useDelete(clusterId);
  const whenIdle = useDeleteWhenIdle(clusterId);
  const cluster = fleet?.clusters.get(clusterId) ?? null;
  const waiting = fleet?.waiting.find((each) => each.clusterId === clusterId) ?? null;
  const isAsked = asksFor(useHistoryState<unknown>(), 'deletion');
  const session = useSession();
  const { open, canOpen } = deletion;
  useEffect(() => {
    if (!isAsked || cluster === null || session === null) return;
    // Asked once: a reload, or coming back to this entry, asks nothing.
    navigateTo(pathTo.cluster(clusterId), { keepQuery: true, replace: true });
    if (canOpen && denialReason(session, clusterId) === null) open(cluster);
  }, [isAsked, cluster, clusterId, session, canOpen, open]);
  const askWhenIdle = waiting === null && !whenIdle.isBusy ? whenIdle.request : null;
  return {
    canOpen: deletion.canOpen,
    open: (opened) => deletion.open(opened),
    listsHolders: deletion.state.kind === 'in-use',
    // While the dialog is open, it says so itself; once it is done, the list is shown next.
    saysNotFound: ['not-found', 'applied'].includes(deletion.state.kind) || deletion.dialog !== null,
    notice:
      waiting === null ? (
        <DeleteWhenIdleStatus whenIdle={whenIdle} />
      ) : (
        <WaitingDeletionNotice
          waiting={waiting}
          wasAskedHere={'id' in whenIdle.submission && whenIdle.submission.id === waiting.changeId}
        />
      ),
    outcome: <DeleteOutcome deletion={deletion} cluster={cluster} askWhenIdle={askWhenIdle} />,
    dialog: <DeleteDialog deletion={deletion} cluster={cluster} askWhenIdle={askWhenIdle} />,
  };
}
