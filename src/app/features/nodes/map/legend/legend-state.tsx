import { useId } from 'react';
import type { ShownState } from '../../../../../contract/map.ts';
import { NodeStateIcon } from '../../../../node-ui/node-state-icon.tsx';
import type { TermName } from '../../../../text/help.ts';
import { text } from '../../../../text/text.ts';
import { latePart } from '../../../../ui/late-part.tsx';
import { usePopover } from '../../../../ui/use-popover.ts';
import { WordNote } from '../../../../ui/word-note.tsx';
import classes from './legend.module.css';

const { Part: TermNote } = latePart(() => import('../../../../ui/term-note.tsx'), 'TermNote');

/** The states that are terms of their own; the others are explained by a sentence of the map's. */
const TERMS: Partial<Record<ShownState, TermName>> = {
  used: 'used',
  reserved: 'reserved',
  idle: 'idle',
  free: 'free-pool',
  dead: 'dead',
};

interface LegendStateProps {
  readonly state: ShownState;
  /** Null: not known yet. */
  readonly count: number | null;
  /** Why its nodes are not counted; null where they are. */
  readonly whyNotCounted: string | null;
  readonly isOn: boolean;
  readonly toggle: () => void;
}

/** A state of the legend: a press, or the focus of a keyboard, says below it what it means, and a press highlights its nodes. */
export function LegendState({ state, count, whyNotCounted, isOn, toggle }: LegendStateProps) {
  const { place, button, isOpen, open, close } = usePopover<HTMLSpanElement>();
  const id = useId();
  const term = TERMS[state];
  const words = text.map;
  return (
    <span ref={place}>
      <button
        ref={button}
        type="button"
        className={classes['state']}
        aria-pressed={isOn}
        aria-describedby={isOpen ? id : undefined}
        onFocus={({ target }) => {
          if (target.matches(':focus-visible')) open();
        }}
        onClick={() => {
          toggle();
          if (isOn) close();
          else open();
        }}
      >
        <NodeStateIcon kind={state} />
        {whyNotCounted === null || count === null ? words.legendItem(state, count) : words.deadNotCounted(count)}
      </button>
      {isOpen &&
        (term === undefined || whyNotCounted !== null ? (
          <WordNote id={id} button={button} close={close}>
            {whyNotCounted ?? words.stateMeans[state]}
          </WordNote>
        ) : (
          <TermNote id={id} of={term} button={button} close={close} />
        ))}
    </span>
  );
}
