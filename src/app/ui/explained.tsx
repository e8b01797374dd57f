import type { ReactNode } from 'react';
import { text } from '../text/text.ts';

interface ExplainedProps {
  /** One sentence: the title of the content, and text after it for screen readers. Null: nothing to explain. */
  readonly why: string | null;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Content with an explanation that does not need hovering. */
export function Explained({ why, className, children }: ExplainedProps) {
  return (
    <span className={className} title={why ?? undefined}>
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
