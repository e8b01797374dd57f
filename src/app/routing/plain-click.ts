import type { MouseEvent } from 'react';

/** Whether a click on a link stays in the page; any other (new tab, download) is the browser's. */
export function isPlainClick({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}
