import type { Ref } from 'react';
import { PRIMARY_CLUSTER_ID } from '../../domain/cluster-id.ts';
import type { JobCluster } from '../../domain/fleet.ts';
import { resultText } from './result-text.ts';
import { text } from '../text/text.ts';
import { ChangeControl, type ChangeHandle, type KnownResult } from './change-control.tsx';

interface ReleaseControlProps {
  readonly ref?: Ref<ChangeHandle>;
  readonly jobCluster: JobCluster;
  /** The virtual cluster that gets the nodes back. */
  readonly parentId: string;
  readonly onStart: () => void;
  readonly asked?: object | null;
}

/** Releases the nodes of an ended job's cluster, and shows the outcome. */
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

function settledWords(result: KnownResult): { readonly words: string; readonly isDone: boolean } {
  const words = text.remove.release;
  switch (result.kind) {
    case 'applied':
      return { words: words.done, isDone: true };
    case 'not-found':
      return { words: words.alreadyGone, isDone: true };
    case 'in-use':
      return { words: words.inUse, isDone: false };
    case 'conflict':
    case 'shortage':
    case 'mismatch':
    case 'already-ended':
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
  return text.remove.release.other(title, detail);
}
