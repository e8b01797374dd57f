import { Button } from '@mantine/core';
import { text } from '../../text/text.ts';
import { OverlayDialog } from '../../ui/overlay-dialog.tsx';
import classes from './palette.module.css';

interface DuplicateQuestionProps {
  readonly replace: () => void;
  readonly openKept: () => void;
  readonly close: () => void;
}

/** Asked before a duplicate replaces what was typed for another new virtual cluster. */
export function DuplicateQuestion({ replace, openKept, close }: DuplicateQuestionProps) {
  const words = text.journal.undo;
  return (
    <OverlayDialog title={words.draftOfNew} close={close}>
      <div className={`actions-row ${classes['question'] ?? ''}`}>
        <Button size="xs" onClick={replace}>
          {words.replace}
        </Button>
        <Button size="xs" variant="default" data-autofocus onClick={openKept}>
          {words.openKept}
        </Button>
      </div>
    </OverlayDialog>
  );
}
