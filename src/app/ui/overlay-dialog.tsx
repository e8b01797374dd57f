import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState, type ReactNode } from 'react';
import { text } from '../text/text.ts';
import { NARROW_QUERY } from './breakpoints.ts';
import classes from './overlay-dialog.module.css';

interface OverlayDialogProps {
  readonly title: string;
  /** Whether the title is only spoken. */
  readonly isBare?: boolean;
  /** Whether it has two columns. */
  readonly isWide?: boolean;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page, a whole screen where that is narrow. The focus goes back to where it was. */
export function OverlayDialog({ title, isBare = false, isWide = false, close, children }: OverlayDialogProps) {
  useFocusBack();
  const isNarrow = useMediaQuery(NARROW_QUERY, undefined, { getInitialValueInEffect: false });
  return (
    <Modal.Root
      opened
      onClose={close}
      size={isWide ? 880 : 640}
      fullScreen={isNarrow}
      // Done here: it is unmounted, not closed.
      returnFocus={false}
      yOffset="10vh"
      // Mantine's scroll lock writes a style that the page's policy refuses, and nothing behind the dialog scrolls.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content {...(isBare ? { 'aria-label': title } : {})}>
        {!isBare && (
          <div className={classes['head']}>
            <Modal.Title className={classes['title'] ?? ''}>{title}</Modal.Title>
            <Modal.CloseButton aria-label={text.shell.close} />
          </div>
        )}
        <Modal.Body className={classes['body'] ?? ''}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Gives the focus back, unless something else has taken it: the screen, or another dialog, that was opened from here. */
function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    },
    [before],
  );
}
