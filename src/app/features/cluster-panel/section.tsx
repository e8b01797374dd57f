import { useId, type ReactNode } from 'react';
import classes from './cluster-panel.module.css';
import { useSectionLevel } from '../../ui/section-level.tsx';

/** A section of the panel: a region named by its heading, one level below the panel's. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  const Heading = useSectionLevel() === 2 ? 'h2' : 'h3';
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <Heading id={id}>{title}</Heading>
      {children}
    </section>
  );
}
