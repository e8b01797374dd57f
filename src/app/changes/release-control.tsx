import type { Ref } from 'react';
import { PRIMARY_CLUSTER_ID } from '../../domain/cluster-id.ts';
import type { JobCluster } from '../../domain/fleet.ts';
import type { Result } from '../../domain/result.ts';
import { resultText } from './result-text.ts';
import { text } from '../text/text.ts';
import { ChangeControl, type ChangeHandle } from './change-control.tsx';

interface ReleaseControlProps {
  readonly ref?: Ref<ChangeHandle>;
  readonly jobCluster: JobCluster;
  /** The virtual cluster that gets the nodes back. */
  readonly parentId: string;
  readonly onStart: () => void;
}

/** Gives the nodes of an ended job's cluster back, and says what came of it. */
export function ReleaseControl({ jobCluster, parentId, ...rest }: ReleaseControlProps) {
  const words = text.remove.release;
  const nodes = jobCluster.nodes.known ? jobCluster.nodes.value.reduce((sum, { count }) => sum + count, 0) : null;
  const holder = parentId === PRIMARY_CLUSTER_ID ? words.primary : parentId;
  const question = nodes === null ? words.askUnknown(holder) : words.ask(text.facts.nodes(nodes), holder);
  return (
    <ChangeControl
      wanted={{ kind: 'release', clusterId: jobCluster.id }}
      words={{ ...words, question, settled: settledWords }}
      isAvailable
      {...rest}
    />
  );
}

function settledWords(result: Result): { readonly words: string; readonly isDone: boolean } {
  const words = text.remove.release;
  if (result.kind === 'applied') return { words: words.done, isDone: true };
  if (result.kind === 'not-found') return { words: words.alreadyGone, isDone: true };
  if (result.kind === 'in-use') return { words: words.inUse, isDone: false };
  const { title, detail } = resultText(result);
  return { words: words.other(title, detail), isDone: false };
}
