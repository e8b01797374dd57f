import { useEffect, useRef } from 'react';
import type { WaitingDeletion } from '../../../contract/fleet.ts';
import { useAtServerTime, useDenialReason } from '../../api/console.tsx';
import { useCancelDeletion } from '../../changes/use-cancel-deletion.ts';
import { useSectionLevel } from '../../ui/section-level.tsx';
import { resultText } from '../../changes/result-text.ts';
import { text } from '../../text/text.ts';
import { AgoText } from '../../api/ago.tsx';
import { Notice } from '../../ui/notice.tsx';
import { clockText } from '../../ui/time-text.ts';
import { RecheckStatus } from '../../changes/recheck-status.tsx';
import type { DeleteWhenIdle } from './use-delete-when-idle.ts';
import { waitingDeletionText } from '../../changes/waiting-deletion-text.ts';
import classes from '../../changes/waiting-deletion.module.css';
import { personText } from '../../ui/person-text.ts';

/** A waiting deletion in the panel: its status, who requested it, and a button to cancel it. */
export function WaitingDeletionNotice({
  waiting,
  wasAskedHere,
}: {
  readonly waiting: WaitingDeletion;
  readonly wasAskedHere: boolean;
}) {
  const words = text.whenIdle;
  const status = useAtServerTime(10_000, (now) => waitingDeletionText(waiting, now).full);
  const denialReason = useDenialReason();
  const level = useSectionLevel();
  const heading = useRef<HTMLHeadingElement>(null);
  const cancel = useCancelDeletion(waiting.changeId);

  useEffect(() => {
    // After the dialog has released the focus.
    if (wasAskedHere) queueMicrotask(() => heading.current?.focus());
  }, [wasAskedHere]);

  return (
    <Notice
      kind="warn"
      title={words.title}
      level={level}
      headingRef={heading}
      {...(denialReason(waiting.clusterId) === null
        ? { action: { label: words.cancel, act: () => cancel.mutate(), disabled: cancel.isPending } }
        : {})}
    >
      <div className={classes['parts']}>
        <p>{status}</p>
        {waiting.refusedAt !== null && <p>{words.refused(clockText(waiting.refusedAt))}</p>}
        <p className="quiet">
          <AgoText at={waiting.askedAt} words={(ago) => words.asked(personText(waiting.who), ago)} />
        </p>
        {cancel.error !== null && <p role="alert">{words.cancelFailed(cancel.error.message)}</p>}
      </div>
    </Notice>
  );
}

/** The outcome of requesting a deletion when idle, unless it simply waits or is over. */
export function DeleteWhenIdleStatus({ whenIdle }: { readonly whenIdle: DeleteWhenIdle }) {
  const words = text.whenIdle;
  const level = useSectionLevel();
  const { submission } = whenIdle;
  switch (submission.phase) {
    case 'idle':
    case 'sending':
      return null;
    case 'unanswered':
      return (
        <Notice
          kind="warn"
          title={words.start}
          level={level}
          action={{ label: words.check, act: () => whenIdle.recheck.check() }}
        >
          <p>{words.unanswered}</p>
          <RecheckStatus status={whenIdle.recheck.status} />
        </Notice>
      );
    case 'never-arrived':
      return (
        <Notice
          kind="bad"
          title={words.start}
          level={level}
          action={{ label: words.again, act: () => whenIdle.resend() }}
        >
          {words.neverArrived}
        </Notice>
      );
    case 'refused':
      return (
        <Notice kind="bad" title={words.start} level={level}>
          {words.notTaken(submission.detail)}
        </Notice>
      );
    case 'answered': {
      const { result } = submission.change;
      if (result?.kind !== 'cancelled' || result.why.reason === 'person') return null;
      return (
        <Notice kind="info" title={resultText(result).title} level={level}>
          {resultText(result).detail}
        </Notice>
      );
    }
  }
}
