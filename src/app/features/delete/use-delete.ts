import { createElement, useEffect, useState } from 'react';
import type { ClusterSnapshot } from '../../../domain/result.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { snapshotOf } from '../../../domain/held-replica-sets.ts';
import { submissionStatusOf } from '../../changes/submission.ts';
import { useSubmission } from '../../changes/use-submission.ts';
import { pathTo } from '../../routing/routes.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { RESULT_STAYS_FOR } from '../../ui/toasts/toast-store.ts';
import { useToastStore } from '../../ui/toasts/toasts-context.tsx';
import { DeletedToast } from './deleted-toast.tsx';
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
  /** Whether the last dialog was confirmed; if not, the focus returns to where it was opened. */
  readonly wasConfirmed: boolean;
  readonly state: DeleteOutcomeState;
  /** Whether a delete may start: none is being sent, and none is unsettled. */
  readonly canOpen: boolean;
  open(cluster: VirtualCluster): void;
  close(): void;
  /** Sends the delete, once, however often it is called. */
  confirm(): void;
  readonly recheck: Recheck;
  resend(): void;
}

/** Deletes one virtual cluster, from the confirmation to the outcome. Afterwards the page goes to the list. */
export function useDelete(clusterId: string): Deletion {
  const { submission, submit, checkAgain, resend } = useSubmission();
  const [dialog, setDialog] = useState<(DeleteDialogState & { readonly isSent: boolean }) | null>(null);
  const toasts = useToastStore();
  const recheck = useRecheck(submission, checkAgain);
  const status = submissionStatusOf(submission);
  const state = deleteOutcomeStateOf(submission);
  const change = state.kind === 'applied' ? state.change : null;

  useEffect(() => {
    if (change === null) return;
    toasts.show({
      id: change.id,
      content: createElement(DeletedToast, { change }),
      staysFor: RESULT_STAYS_FOR,
    });
    // The list moves the focus to the row in the deleted one's place.
    navigateTo(pathTo.clusters, { keepQuery: true, replace: true });
  }, [change, toasts]);

  return {
    clusterId,
    dialog: dialog === null || (dialog.isSent && status !== 'busy') ? null : dialog,
    wasConfirmed: dialog?.isSent ?? false,
    state,
    canOpen: status !== 'busy' && status !== 'unsettled',
    open(cluster) {
      setDialog({ cluster, base: snapshotOf(cluster), isSent: false });
    },
    close() {
      if (status !== 'busy') setDialog(null);
    },
    confirm() {
      if (dialog === null || !submit({ kind: 'delete', clusterId, base: dialog.base })) return;
      setDialog({ ...dialog, isSent: true });
    },
    recheck,
    resend,
  };
}
