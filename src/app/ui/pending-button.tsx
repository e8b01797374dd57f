import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface PendingButtonProps extends Pick<ButtonProps, 'size' | 'variant'> {
  /** Whether what it does is under way: then pressing it does nothing. */
  readonly isPending: boolean;
  readonly 'aria-label'?: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that keeps the focus while what it does is under way: one that is `disabled` loses it. */
export function PendingButton({ isPending, onClick, children, ...rest }: PendingButtonProps) {
  return (
    <Button
      {...rest}
      {...(isPending && { 'aria-disabled': true, 'data-disabled': true })}
      onClick={isPending ? undefined : onClick}
    >
      {children}
    </Button>
  );
}
