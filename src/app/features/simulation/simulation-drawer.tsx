import '@mantine/core/styles/CloseButton.css';
import { CloseButton } from '@mantine/core';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { text } from '../../text/text.ts';
import { Controls } from './controls.tsx';
import classes from './simulation.module.css';

interface Props {
  readonly opened: boolean;
  readonly close: () => void;
}

/**
 * The simulation's controls on the right. Not modal, so that the list stays usable (Mantine's Drawer always declares itself
 * modal). Takes the focus when it opens, and restores it when it closes.
 */
export function SimulationDrawer({ opened, close }: Props) {
  return opened ? createPortal(<Open close={close} />, document.body) : null;
}

function Open({ close }: Pick<Props, 'close'>) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  function keyPressed(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    // The screen behind handles Escape too.
    event.stopPropagation();
    close();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      role="dialog"
      aria-labelledby="simulation-title"
      data-simulation=""
      className={classes['drawer']}
      onKeyDown={keyPressed}
    >
      <div className={classes['head']}>
        <h2 id="simulation-title" ref={heading} tabIndex={-1}>
          {text.simulation.title}
        </h2>
        <CloseButton aria-label={text.simulation.close} size={28} onClick={close} />
      </div>
      <div className={classes['body']}>
        <Controls />
      </div>
    </section>
  );
}
