import classes from './cell-mark.module.css';
import type { CellKind } from './strips.ts';

/** The small square by which a node's state is drawn everywhere: idle outlined, busy filled, dead crossed, unknown hatched. */
export function CellMark({ kind }: { readonly kind: CellKind }) {
  return (
    <svg className={classes['mark']} data-kind={kind} viewBox="0 0 9 9" width="9" height="9" aria-hidden="true">
      <rect x="0.5" y="0.5" width="8" height="8" />
      {kind === 'dead' && <path d="M2 2 L7 7 M7 2 L2 7" />}
      {kind === 'unknown' && <path d="M0.5 4.5 L4.5 0.5 M0.5 8.5 L8.5 0.5 M4.5 8.5 L8.5 4.5" />}
    </svg>
  );
}
