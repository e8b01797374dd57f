import { UnstyledButton } from '@mantine/core';
import { text } from '../text/text.ts';
import { useClipboardStatus } from './use-clipboard-status.ts';
import classes from './copy-button.module.css';
import { Icon } from './icon.tsx';

/** Copies a text and shows in place whether that worked. `what` names the text, as in "Copy node id". */
export function CopyButton({
  value,
  what,
  label,
}: {
  readonly value: string;
  readonly what: string;
  readonly label?: string;
}) {
  const { status, copy, reset } = useClipboardStatus();
  return (
    <>
      <UnstyledButton
        className={`icon-button ${classes['button'] ?? ''}`}
        aria-label={text.copy.copy(what)}
        title={status ?? text.copy.copy(what)}
        onClick={() => void copy(value)}
        onBlur={reset}
      >
        {label ?? (status === text.copy.copied ? <Icon of="check" /> : <Icon of="copy" />)}
      </UnstyledButton>
      <span role="status" className="visually-hidden">
        {status}
      </span>
    </>
  );
}
