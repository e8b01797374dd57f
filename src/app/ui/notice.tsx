import { Button } from '@mantine/core';
import { useId, type ReactNode, type Ref } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  /** `bad`: refused or failing · `warn`: needs a decision or care · `info`: good to know · `good`: done. */
  readonly kind: 'bad' | 'warn' | 'info' | 'good';
  readonly title: string;
  /** The heading's level on its screen. */
  readonly level?: 2 | 3;
  readonly headingRef?: Ref<HTMLHeadingElement>;
  readonly children?: ReactNode;
  /** Other controls, on one line with the action. */
  readonly controls?: ReactNode;
  readonly action?: { readonly label: string; readonly act: () => void; readonly disabled?: boolean };
}

const signs = { bad: '✕', warn: '!', info: 'i', good: '✓' } as const;

/** A message as a region named by its title. A sign shows its kind too, so that colour is never the only cue. */
export function Notice({ kind, title, level = 2, headingRef, children, controls, action }: NoticeProps) {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={classes['notice']} data-kind={kind} aria-labelledby={id}>
      <Heading id={id} ref={headingRef} tabIndex={-1} className={classes['title']}>
        <span className={classes['sign']} aria-hidden="true">
          {signs[kind]}
        </span>
        {title}
      </Heading>
      {children !== undefined && <div className={classes['body']}>{children}</div>}
      {(action !== undefined || controls !== undefined) && (
        <div className={`actions-row ${classes['action'] ?? ''}`}>
          {controls}
          {action !== undefined && (
            <Button size="xs" variant="default" disabled={action.disabled ?? false} onClick={action.act}>
              {action.label}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
