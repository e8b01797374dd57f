import type { WaitingDeletion } from '../../../../contract/fleet.ts';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import { useAtServerTime } from '../../../api/console.tsx';
import { useCancelDeletion } from '../../../changes/use-cancel-deletion.ts';
import { waitingDeletionText } from '../../../changes/waiting-deletion-text.ts';
import { text } from '../../../text/text.ts';
import { PendingButton } from '../../../ui/pending-button.tsx';
import { AttentionWhat } from './attention-what.tsx';

const words = text.overview.attention;

/** A deletion that waits, with the button that cancels it. */
export function DeletionItem(props: {
  readonly phrase: (status: string) => string;
  readonly waiting: WaitingDeletion;
  readonly mayWrite: boolean;
}) {
  const { phrase, waiting, mayWrite } = props;
  const cancel = useCancelDeletion(waiting.changeId);
  const brief = useAtServerTime(10_000, (now) => waitingDeletionText(waiting, now).brief);
  const failed = cancel.error === null ? null : text.whenIdle.cancelFailed(cancel.error.message);
  return (
    <>
      <AttentionWhat id={waiting.clusterId} what={failed ?? phrase(brief)} />
      {mayWrite && (
        // It keeps the focus, which then goes to the next item.
        <PendingButton
          size="compact-xs"
          variant="default"
          aria-label={words.keepFor(readableClusterId(waiting.clusterId))}
          isPending={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {words.keep}
        </PendingButton>
      )}
    </>
  );
}
