import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { text } from '../text/text.ts';
import classes from './copy-button.module.css';

/** Copies a text; says what came of it where it stands. `what` names it: "Copy node id". */
export function CopyButton({
  value,
  what,
  label,
}: {
  readonly value: string;
  readonly what: string;
  readonly label?: string;
}) {
  const [said, setSaid] = useState<string | null>(null);
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setSaid(text.copy.copied);
    } catch {
      setSaid(text.copy.failed);
    }
  }
  return (
    <>
      <UnstyledButton
        className={`icon-button ${classes['button'] ?? ''}`}
        aria-label={text.copy.copy(what)}
        title={said ?? text.copy.copy(what)}
        onClick={() => void copy()}
        onBlur={() => setSaid(null)}
      >
        {label ?? (said === text.copy.copied ? <Done /> : <Sheets />)}
      </UnstyledButton>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  );
}

/** Drawn, not typed: system fonts lack a sign for copying. */
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
