import { Button } from '@mantine/core';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { PRIMARY_CLUSTER_ID } from '../../domain/cluster-id.ts';
import type { JobCluster } from '../../domain/fleet.ts';
import { standingOf, type Submission } from '../api/submission.ts';
import { useSubmission } from '../api/use-submission.ts';
import { useSession } from '../api/console.tsx';
import { MovedNodes } from '../panel/moved-nodes.tsx';
import { resultText } from '../panel/result-text.ts';
import { text } from '../text/text.ts';
import { ConfirmInline } from './confirm-inline.tsx';
import classes from './release-control.module.css';

/** What "release all" needs of each. */
export interface ReleaseHandle {
  release(): void;
}

interface ReleaseControlProps {
  readonly ref?: Ref<ReleaseHandle>;
  readonly jobCluster: JobCluster;
  /** The virtual cluster that gets the nodes back. */
  readonly parentId: string;
  readonly onBegun: () => void;
}

/** Gives the nodes of an ended job's cluster back, and says what came of it. */
export function ReleaseControl({ ref, jobCluster, parentId, onBegun }: ReleaseControlProps) {
  const words = text.remove.release;
  const session = useSession();
  const { submission, submit, checkAgain, sendAgain } = useSubmission(onBegun);
  const said = useRef<HTMLParagraphElement>(null);
  const standing = standingOf(submission);
  const outcome = wordsFor(submission);
  const isDone = outcome !== null && outcome.isDone;
  const release = () => void submit({ kind: 'release', clusterId: jobCluster.id });
  useImperativeHandle(ref, () => ({ release }));

  // The button that was pressed is gone: the words about it take its place.
  useEffect(() => {
    if (standing === 'busy') said.current?.focus();
  }, [standing]);

  const nodes = jobCluster.nodes.known ? jobCluster.nodes.value.reduce((sum, { count }) => sum + count, 0) : null;
  const holder = parentId === PRIMARY_CLUSTER_ID ? words.primary : parentId;
  return (
    <div className={classes['release']}>
      {(standing === 'idle' || (standing === 'settled' && !isDone && submission.phase !== 'never-arrived')) && session?.mayWrite === true && (
        <ConfirmInline
          start={words.start}
          question={nodes === null ? words.askUnknown(holder) : words.ask(text.facts.nodes(nodes), holder)}
          yes={words.yes}
          act={release}
        />
      )}
      {submission.phase === 'never-arrived' && (
        <Button size="compact-sm" variant="default" onClick={sendAgain}>
          {text.remove.neverArrived.again}
        </Button>
      )}
      <p ref={said} tabIndex={-1} role="status" className={classes['said']}>
        {standing === 'busy' ? words.sending : outcome?.words}
      </p>
      {standing === 'unsettled' && (
        <Button size="compact-sm" variant="default" onClick={checkAgain}>
          {words.checkAgain}
        </Button>
      )}
      {submission.phase === 'answered' && submission.change.result?.kind === 'applied' && submission.change.moved !== null && (
        <MovedNodes moved={submission.change.moved} />
      )}
    </div>
  );
}

/** What came of a release; `isDone`: nothing is left to release. */
function wordsFor(submission: Submission): { readonly words: string; readonly isDone: boolean } | null {
  const words = text.remove.release;
  switch (submission.phase) {
    case 'idle':
    case 'sending':
      return null;
    case 'unanswered':
      return { words: words.unknown, isDone: false };
    case 'never-arrived':
      return { words: words.neverArrived, isDone: false };
    case 'refused':
      return { words: words.refused(submission.detail), isDone: false };
    case 'answered': {
      const { result } = submission.change;
      if (result === null || result.kind === 'unknown') return { words: words.unknown, isDone: false };
      if (result.kind === 'applied') return { words: words.done, isDone: true };
      if (result.kind === 'not-found') return { words: words.alreadyGone, isDone: true };
      if (result.kind === 'in-use') return { words: words.inUse, isDone: false };
      const { title, detail } = resultText(result);
      return { words: words.other(title, detail), isDone: false };
    }
  }
}
