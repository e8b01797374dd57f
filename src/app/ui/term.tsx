import { useId, type ReactNode } from 'react';
import type { TermName } from '../text/help.ts';
import { text } from '../text/text.ts';
import { latePart } from './late-part.tsx';
import classes from './term.module.css';
import { usePopover } from './use-popover.ts';

const { Part: TermNote } = latePart(() => import('./term-note.tsx'), 'TermNote');

interface TermProps {
  readonly of: TermName;
  readonly children: ReactNode;
  /** The name of what is pressed, where the word is not shown. */
  readonly label?: string;
}

/** A hard word: pressing it says what it means, by mouse, touch and keyboard alike. */
export function Term({ of, children, label }: TermProps) {
  const { place, button, isOpen, toggle, close } = usePopover<HTMLSpanElement>();
  const id = useId();
  return (
    <span ref={place} className={classes['place']}>
      <button
        ref={button}
        type="button"
        className={classes[label === undefined ? 'term' : 'mark']}
        title={label}
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={toggle}
      >
        {children}
      </button>
      {isOpen && <TermNote id={id} of={of} button={button} close={close} />}
    </span>
  );
}

/** The meaning of a word that is pressed for something else, such as a column's name that sorts: a sign after it. */
export function TermMark({ of, word }: { readonly of: TermName; readonly word: string }) {
  return (
    <Term of={of} label={text.shell.meaning(word)}>
      <span aria-hidden="true">?</span>
    </Term>
  );
}
