import type { VirtualCluster } from '../../../domain/fleet.ts';
import { snapshotOf } from '../../../domain/held-replica-sets.ts';
import { submissionStatusOf, type Submission } from '../../changes/submission.ts';
import { useSubmission } from '../../changes/use-submission.ts';
import { useRecheck, type Recheck } from '../../changes/recheck-status.tsx';

/** A request to delete a virtual cluster, as it is now, once it is idle. */
export interface DeleteWhenIdle {
  readonly submission: Submission;
  readonly isBusy: boolean;
  request(cluster: VirtualCluster): void;
  readonly recheck: Recheck;
  resend(): void;
}

export function useDeleteWhenIdle(clusterId: string): DeleteWhenIdle {
  const { submission, submit, checkAgain, resend } = useSubmission();
  const status = submissionStatusOf(submission);
  return {
    submission,
    isBusy: status === 'busy' || status === 'unsettled',
    request(cluster) {
      submit({ kind: 'delete-when-idle', clusterId, base: snapshotOf(cluster) });
    },
    recheck: useRecheck(submission, checkAgain),
    resend,
  };
}
