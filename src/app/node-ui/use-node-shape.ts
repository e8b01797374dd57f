import { useElementSize } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import blocks from './node-blocks.module.css';
import lines from './node-lines.module.css';

/**
 * A node's layout by the table's width in CSS pixels: a row of one line or of two with headings, or a block of three or four
 * short lines.
 */
const shapes = [
  { shape: 'row', from: 1_200, height: 40, isBlock: false, look: '' },
  { shape: 'lines', from: 680, height: 56, isBlock: false, look: lines['lines'] },
  { shape: 'block', from: 480, height: 84, isBlock: true, look: blocks['blocks'] },
  { shape: 'tall', from: 0, height: 106, isBlock: true, look: blocks['blocks'] },
] as const;

/** The layout for the width of the element with `ref`. */
export function useNodeShape() {
  const { ref: sizeRef, width: observedWidth } = useElementSize();
  const [firstWidth, setFirstWidth] = useState(0);
  // Read before the first paint, so that the layout does not change in sight.
  const ref = useCallback(
    (element: HTMLDivElement | null) => {
      sizeRef(element);
      if (element !== null) setFirstWidth(element.clientWidth);
    },
    [sizeRef],
  );
  const width = observedWidth === 0 ? firstWidth : observedWidth;
  return { ref, ...(shapes.find(({ from }) => width === 0 || width >= from) ?? shapes[0]) };
}
