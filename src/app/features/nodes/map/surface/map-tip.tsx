import type { ReactNode } from 'react';
import classes from './map-surface.module.css';
import type { Point, Size } from '../layout/viewport.ts';

interface MapTipProps {
  /** Where the pointer is on the map. */
  readonly at: Point;
  /** The size of the map. */
  readonly size: Size;
  readonly children: ReactNode;
}

/** What is under the pointer. The keyboard has the same in the status line. */
export function MapTip({ at, size, children }: MapTipProps) {
  return (
    <div className={classes['tip']} style={tipPlace(at, size)} aria-hidden="true">
      {children}
    </div>
  );
}

/** The tooltip's position beside the pointer, on the side with room. */
function tipPlace(
  at: Point,
  { width, height }: Size,
): { readonly left: number; readonly top: number; readonly translate: string } {
  const isRight = at.x > width / 2;
  const isLow = at.y > height - 120;
  return {
    left: at.x + (isRight ? -14 : 14),
    top: at.y + (isLow ? -10 : 14),
    translate: `${isRight ? '-100%' : '0'} ${isLow ? '-100%' : '0'}`,
  };
}
