import type { RefObject } from 'react';
import { help, type TermName } from '../text/help.ts';
import { WordNote } from './word-note.tsx';

interface TermNoteProps {
  readonly id: string;
  readonly of: TermName;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly close: () => void;
}

/** What a hard word means, below it. */
export function TermNote({ of, ...note }: TermNoteProps) {
  return <WordNote {...note}>{help[of]}</WordNote>;
}
