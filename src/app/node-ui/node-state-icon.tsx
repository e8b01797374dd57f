import type { ShownState } from '../../contract/map.ts';
import classes from './node-state-icon.module.css';

/**
 * A node's state as a small square: used filled, reserved half filled, idle outlined, free outlined in green, dead crossed, arriving ringed, unknown
 * hatched; alive, where it isn't known what it is used for, dotted.
 */
export function NodeStateIcon({ kind }: { readonly kind: ShownState }) {
  return (
    <svg className={classes['mark']} data-kind={kind} viewBox="0 0 11 11" width="11" height="11" aria-hidden="true">
      {kind === 'arriving' ? (
        <circle cx="5.5" cy="5.5" r="4" />
      ) : (
        <rect x="0.75" y="0.75" width="9.5" height="9.5" rx="1.5" />
      )}
      {kind === 'reserved' && <path className={classes['half']} d="M1 10 L10 10 L10 1 Z" />}
      {kind === 'dead' && <path d="M3 3 L8 8 M8 3 L3 8" />}
      {kind === 'unknown' && <path d="M1 5.500 L5.500 1 M1 10 L10 1 M5.500 10 L10 5.500" />}
      {kind === 'alive' && <circle className={classes['dot']} cx="5.5" cy="5.5" r="1.6" />}
    </svg>
  );
}
