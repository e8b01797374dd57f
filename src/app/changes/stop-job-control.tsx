import { resultText } from './result-text.ts';
import { text } from '../text/text.ts';
import { ChangeControl, type KnownResult } from './change-control.tsx';

interface StopJobControlProps {
  readonly submissionId: string;
  /** The virtual cluster that the job runs in. */
  readonly clusterId: string;
  /** Whether the job has a cluster of its own, which outlives it (fact 23). */
  readonly hasOwnCluster: boolean;
  /** False once the job has ended. */
  readonly isAvailable: boolean;
  readonly onStart: () => void;
  readonly asked?: object | null;
}

/** Stops a job, and shows the outcome. */
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

function settledWords(result: KnownResult): { readonly words: string; readonly isDone: boolean } {
  const words = text.remove.stop;
  switch (result.kind) {
    case 'applied':
      return { words: words.done, isDone: true };
    case 'already-ended':
      return { words: words.alreadyEnded, isDone: true };
    case 'not-found':
      return { words: words.notFound, isDone: true };
    case 'conflict':
    case 'shortage':
    case 'mismatch':
    case 'in-use':
    case 'waiting':
    case 'cancelled':
    case 'invalid':
    case 'blocked':
    case 'unreachable':
    case 'not-applied':
    case 'cannot-be-known':
      return { words: otherWords(result), isDone: false };
  }
}

function otherWords(result: KnownResult): string {
  const { title, detail } = resultText(result);
  return text.remove.stop.other(title, detail);
}
