import { Button } from '@mantine/core';
import type { WaitingDeletion } from '../../contract/fleet.ts';
import { readableClusterId } from '../../domain/cluster-id.ts';
import { useAtServerTime } from '../api/console.tsx';
import { useCancelDeletion } from './use-cancel-deletion.ts';
import { text } from '../text/text.ts';
import { waitingDeletionText } from './waiting-deletion-text.ts';
import classes from './waiting-deletion.module.css';

/** A waiting deletion in a row of the list. */
export function WaitingDeletionLine({
  waiting,
  mayWrite,
}: {
  readonly waiting: WaitingDeletion;
  readonly mayWrite: boolean;
}) {
  const words = text.whenIdle;
  const cancel = useCancelDeletion(waiting.changeId);
  const brief = useAtServerTime(10_000, (now) => waitingDeletionText(waiting, now).brief);
  const full = useAtServerTime(10_000, (now) => waitingDeletionText(waiting, now).full);
  return (
    <span className={classes['line']}>
      <span title={full}>
        {words.row} · {brief}
      </span>
      {mayWrite && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={words.cancelFor(readableClusterId(waiting.clusterId))}
          disabled={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {words.cancel}
        </Button>
      )}
      {cancel.error !== null && <span role="alert">{words.cancelFailed(cancel.error.message)}</span>}
    </span>
  );
}
