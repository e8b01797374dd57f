import { useEffect, useEffectEvent, type RefObject } from 'react';

/**
 * Copies and pastes while a cell of the grid has the focus. On the document: browsers tell an element that no text can be typed in
 * of neither, each in its own way.
 */
export function useSheetClipboard(
  grid: RefObject<HTMLElement | null>,
  handlers: { readonly copy: () => string | null; readonly paste: (text: string) => void },
): void {
  const copy = useEffectEvent(handlers.copy);
  const paste = useEffectEvent(handlers.paste);
  useEffect(() => {
    const isOurs = () => {
      const { activeElement } = document;
      return grid.current?.contains(activeElement) === true && !(activeElement instanceof HTMLInputElement);
    };
    const onCopy = (event: ClipboardEvent) => {
      const text = isOurs() ? copy() : null;
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text === '' || !isOurs()) return;
      event.preventDefault();
      paste(text);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [grid]);
}
