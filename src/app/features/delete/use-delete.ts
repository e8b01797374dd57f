import { useEffect, useState } from 'react';
import type { ClusterSnapshot } from '../../../domain/result.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { submissionStatusOf } from '../../changes/submission.ts';
import { useSubmission } from '../../changes/use-submission.ts';
import { heldReplicaSetsOf } from '../../cluster-ui/curl-commands.ts';
import { pathTo } from '../../routing/routes.ts';
import { navigateTo } from '../../routing/link.tsx';
import { deleteOutcomeStateOf, type DeleteOutcomeState } from './delete-outcome-state.ts';
import { useRecheck, type Recheck } from '../../changes/recheck-status.tsx';

/** The cluster as it was when its dialog opened. */
export interface DeleteDialogState {
  readonly cluster: VirtualCluster;
  readonly base: ClusterSnapshot;
}

export interface Deletion {
  readonly clusterId: string;
  /** Null while no dialog is open. */
  readonly dialog: DeleteDialogState | null;
  /** Whether the dialog last shown was confirmed: else the focus goes back to where it was opened. */
  readonly wasConfirmed: boolean;
  readonly state: DeleteOutcomeState;
  /** Whether a delete may be begun: none is on its way, and none is open whose outcome nobody knows. */
  readonly canOpen: boolean;
  open(cluster: VirtualCluster): void;
  close(): void;
  /** Sends the delete, once however often it is called. */
  confirm(): void;
  readonly recheck: Recheck;
  resend(): void;
}

/** Deleting one virtual cluster, from the question to what came of it. When it is done the page goes to the list. */
export function useDelete(clusterId: string): Deletion {
  const { submission, submit, checkAgain, resend } = useSubmission();
  const [dialog, setDialog] = useState<(DeleteDialogState & { readonly isSent: boolean }) | null>(null);
  const lookedAgain = useRecheck(submission, checkAgain);
  const standing = submissionStatusOf(submission);
  const state = deleteOutcomeStateOf(submission);
  const change = state.kind === 'applied' ? state.change : null;

  useEffect(() => {
    // What came of it is told on the list; the focus goes to the row in its place, which the list does by itself.
    if (change !== null) navigateTo(pathTo.clusters, { keepQuery: true, replace: true, state: { deleted: change } });
  }, [change]);

  return {
    clusterId,
    dialog: dialog === null || (dialog.isSent && standing !== 'busy') ? null : dialog,
    wasConfirmed: dialog?.isSent ?? false,
    state,
    canOpen: standing !== 'busy' && standing !== 'unsettled',
    open(cluster) {
      setDialog({
        cluster,
        base: { revision: cluster.revision, replicaSets: heldReplicaSetsOf(cluster), divisible: cluster.divisible },
        isSent: false,
      });
    },
    close() {
      if (standing !== 'busy') setDialog(null);
    },
    confirm() {
      if (dialog === null || !submit({ kind: 'delete', clusterId, base: dialog.base })) return;
      setDialog({ ...dialog, isSent: true });
    },
    recheck: lookedAgain,
    resend,
  };
}
