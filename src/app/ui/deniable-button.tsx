import { Button, type ButtonProps } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface DeniableButtonProps extends Pick<ButtonProps, 'size' | 'variant' | 'className' | 'disabled'> {
  /** Why this person may not do it, in one sentence; null when they may. */
  readonly denial: string | null;
  /** What it does, while it can be pressed. */
  readonly title?: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that says why it can't be pressed; it still takes the focus, so that a screen reader says the reason. */
export function DeniableButton({ denial, onClick, children, ...rest }: DeniableButtonProps) {
  const why = useId();
  if (denial === null)
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    );
  return (
    <>
      <Button {...rest} aria-disabled data-disabled aria-describedby={why} title={denial}>
        {children}
      </Button>
      <span id={why} hidden>
        {denial}
      </span>
    </>
  );
}
