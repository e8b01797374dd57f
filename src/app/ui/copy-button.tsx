import { UnstyledButton } from '@mantine/core';
import { text } from '../text/text.ts';
import { useClipboardStatus } from './use-clipboard-status.ts';
import classes from './copy-button.module.css';

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
        {label ?? (status === text.copy.copied ? <Done /> : <Sheets />)}
      </UnstyledButton>
      <span role="status" className="visually-hidden">
        {status}
      </span>
    </>
  );
}

/** Drawn, since system fonts have no glyph for copying. */
function Sheets() {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <rect x="5.75" y="5.75" width="8.5" height="8.5" rx="1.5" />
      <path d="M10.25 3.25v-.5a1 1 0 0 0-1-1h-6.500a1 1 0 0 0-1 1v6.500a1 1 0 0 0 1 1h.5" />
    </svg>
  );
}

function Done() {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="M2.500 8.500l3.500 3.500 7.500-8" />
    </svg>
  );
}
