import { useEffect, useState } from 'react';
import { useIsPrinting } from './use-is-printing.ts';

/** Printing of what is loaded in pages. */
export interface Printing {
  readonly isPrinting: boolean;
  /** Whether all of it is to be loaded: it is being printed, or will be as soon as it is there. */
  readonly needsAll: boolean;
  /** Prints as soon as all is loaded; see `usePrintWhenLoaded`. */
  request(): void;
  settle(): void;
}

/** The browser prints at once what is there, so its shortcut waits here until the rest has come. */
export function usePrint(): Printing {
  const isPrinting = useIsPrinting();
  const [isRequested, setRequested] = useState(false);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'p';
      if (!isShortcut || event.defaultPrevented) return;
      event.preventDefault();
      setRequested(true);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return {
    isPrinting,
    needsAll: isPrinting || isRequested,
    request: () => setRequested(true),
    settle: () => setRequested(false),
  };
}

/** Opens the browser's dialog once all is loaded. `hasFailed`: it will not come; then nothing is printed. */
export function usePrintWhenLoaded(printing: Printing, isLoaded: boolean, hasFailed: boolean): void {
  const { isPrinting, needsAll, settle } = printing;
  const isWaiting = needsAll && !isPrinting;
  useEffect(() => {
    if (!isWaiting || !(isLoaded || hasFailed)) return;
    settle();
    if (isLoaded) window.print();
  });
}
