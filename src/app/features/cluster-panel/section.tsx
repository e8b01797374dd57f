import { useId, type ReactNode } from 'react';
import classes from './cluster-panel.module.css';
import type { TermName } from '../../text/help.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { Term } from '../../ui/term.tsx';
import { useSectionLevel } from '../../ui/section-level.tsx';

/** A section of the panel: a region named by its heading, one level below the panel's. */
export function Section({
  title,
  term,
  children,
}: {
  readonly title: string;
  /** What the title's word means, if it is a hard one. */
  readonly term?: TermName;
  readonly children: ReactNode;
}) {
  const id = useId();
  const Heading = useSectionLevel() === 2 ? 'h2' : 'h3';
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <Heading id={id}>{term === undefined ? title : <Term of={term}>{title}</Term>}</Heading>
      <ErrorBoundary resetKey={title}>{children}</ErrorBoundary>
    </section>
  );
}
