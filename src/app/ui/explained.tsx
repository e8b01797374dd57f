import type { ComponentProps } from 'react';
import { text } from '../text/text.ts';

interface ExplainedProps extends Omit<ComponentProps<'span'>, 'title'> {
  /** One sentence: the title of the content, and text after it for screen readers. Null: nothing to explain. */
  readonly why: string | null;
}

/** Content with an explanation that does not need hovering. */
export function Explained({ why, children, ...span }: ExplainedProps) {
  return (
    <span {...span} title={why ?? undefined}>
      {children}
      {why !== null && (
        <span className="visually-hidden">
          {text.joins.stop}
          {why}
        </span>
      )}
    </span>
  );
}
