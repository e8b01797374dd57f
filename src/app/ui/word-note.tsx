import { useEffect, useLayoutEffect, useState, type ReactNode, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import classes from './term.module.css';

const WIDTH = 320;
const MARGIN = 8;

interface WordNoteProps {
  readonly id: string;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** What a word means, below it. Not inside of it, so that it is no part of a heading's name. */
export function WordNote({ id, button, close, children }: WordNoteProps) {
  const [at, setAt] = useState<{ readonly left: number; readonly top: number } | null>(null);
  useLayoutEffect(() => {
    const word = button.current?.getBoundingClientRect();
    if (word === undefined) return;
    const room = document.documentElement.clientWidth - WIDTH - MARGIN;
    // oxlint-disable-next-line react/set-state-in-effect -- Where the word stands is known only now.
    setAt({ left: Math.max(MARGIN, Math.min(word.left, room)), top: word.bottom + 4 });
  }, [button]);
  useEffect(() => {
    // What is scrolled leaves it behind.
    window.addEventListener('scroll', close, true);
    window.addEventListener('resize', close);
    return () => {
      window.removeEventListener('scroll', close, true);
      window.removeEventListener('resize', close);
    };
  }, [close]);
  return createPortal(
    <div id={id} role="status" className={classes['note']} style={at ?? { left: 0, top: 0 }}>
      {at !== null && children}
    </div>,
    document.querySelector('#content') ?? document.body,
  );
}
