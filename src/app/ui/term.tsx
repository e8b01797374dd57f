import { lazy, Suspense, useId, type ReactNode } from 'react';
import type { TermName } from '../text/help.ts';
import classes from './term.module.css';
import { usePopover } from './use-popover.ts';

const TermNote = lazy(() => import('./term-note.tsx').then((part) => ({ default: part.TermNote })));

/** A hard word: pressing it says what it means, by mouse, touch and keyboard alike. */
export function Term({ of, children }: { readonly of: TermName; readonly children: ReactNode }) {
  const { place, button, isOpen, toggle, close } = usePopover<HTMLSpanElement>();
  const id = useId();
  return (
    <span ref={place} className={classes['place']}>
      <button
        ref={button}
        type="button"
        className={classes['term']}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={toggle}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <TermNote id={id} of={of} button={button} close={close} />
        </Suspense>
      )}
    </span>
  );
}
