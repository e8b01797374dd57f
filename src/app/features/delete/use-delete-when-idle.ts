import type { VirtualCluster } from '../../../domain/fleet.ts';
import { submissionStatusOf, type Submission } from '../../changes/submission.ts';
import { useSubmission } from '../../changes/use-submission.ts';
import { heldReplicaSetsOf } from '../../cluster-ui/curl-commands.ts';
import { useRecheck, type Recheck } from '../../changes/recheck-status.tsx';

/** Asking that a virtual cluster be deleted once it is idle, as it is now. */
export interface DeleteWhenIdle {
  readonly submission: Submission;
  readonly isBusy: boolean;
  request(cluster: VirtualCluster): void;
  readonly recheck: Recheck;
  resend(): void;
}

export function useDeleteWhenIdle(clusterId: string): DeleteWhenIdle {
  const { submission, submit, checkAgain, resend } = useSubmission();
  const standing = submissionStatusOf(submission);
  return {
    submission,
    isBusy: standing === 'busy' || standing === 'unsettled',
    request(cluster) {
      const base = {
        revision: cluster.revision,
        replicaSets: heldReplicaSetsOf(cluster),
        divisible: cluster.divisible,
      };
      submit({ kind: 'delete-when-idle', clusterId, base });
    },
    recheck: useRecheck(submission, checkAgain),
    resend,
  };
}
