import type { Result } from '../../domain/result.ts';
import { resultText } from './result-text.ts';
import { text } from '../text/text.ts';
import { ChangeControl } from './change-control.tsx';

interface StopJobControlProps {
  readonly submissionId: string;
  /** The virtual cluster that the job runs in. */
  readonly clusterId: string;
  /** Whether the job has a cluster of its own, which outlives it (fact 23). */
  readonly hasOwnCluster: boolean;
  /** False once it has ended. */
  readonly isAvailable: boolean;
  readonly onStart: () => void;
}

/** Ends a job, and says what came of it. */
export function StopJobControl({ submissionId, clusterId, hasOwnCluster, ...rest }: StopJobControlProps) {
  const words = text.remove.stop;
  const question = hasOwnCluster ? words.askOwnCluster(submissionId) : words.ask(submissionId);
  return (
    <ChangeControl
      wanted={{ kind: 'stop-job', clusterId, submissionId }}
      words={{ ...words, question, settled: settledWords }}
      {...rest}
    />
  );
}

function settledWords(result: Result): { readonly words: string; readonly isDone: boolean } {
  const words = text.remove.stop;
  if (result.kind === 'applied') return { words: words.done, isDone: true };
  if (result.kind === 'already-ended') return { words: words.alreadyEnded, isDone: true };
  if (result.kind === 'not-found') return { words: words.notFound, isDone: true };
  const { title, detail } = resultText(result);
  return { words: words.other(title, detail), isDone: false };
}
