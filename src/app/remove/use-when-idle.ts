import type { VirtualCluster } from '../../domain/fleet.ts';
import { standingOf, type Submission } from '../api/submission.ts';
import { useSubmission } from '../api/use-submission.ts';
import { heldSets } from '../clusters/as-curl.ts';
import { useLookedAgain, type LookedAgain } from './looked-again.tsx';

/** Asking that a virtual cluster be deleted once it is idle, as it is now. */
export interface WhenIdle {
  readonly submission: Submission;
  readonly isBusy: boolean;
  ask(cluster: VirtualCluster): void;
  readonly lookedAgain: LookedAgain;
  sendAgain(): void;
}

export function useWhenIdle(clusterId: string): WhenIdle {
  const { submission, submit, checkAgain, sendAgain } = useSubmission();
  const standing = standingOf(submission);
  return {
    submission,
    isBusy: standing === 'busy' || standing === 'unsettled',
    ask(cluster) {
      const base = { revision: cluster.revision, replicaSets: heldSets(cluster), divisible: cluster.divisible };
      submit({ kind: 'delete-when-idle', clusterId, base });
    },
    lookedAgain: useLookedAgain(submission, checkAgain),
    sendAgain,
  };
}
