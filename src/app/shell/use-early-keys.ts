import { useCallback, useEffect, useRef } from 'react';
import { isPaletteKey } from '../ui/keyboard-shortcut.ts';
import type { Overlay } from './use-page-keys.ts';

/**
 * Keeps what is typed for the palette until its field has the focus: its code may still be on its way. Such keys mean nothing to
 * the page, nor to what has the focus. Escape takes back the opening of whatever is on its way. What is returned hands over what was
 * typed, once.
 */
export function useEarlyKeys(overlay: Overlay | null, show: (overlay: null) => void): () => string {
  const typed = useRef('');
  useEffect(() => {
    if (overlay === null) return undefined;
    typed.current = '';
    function pressed(event: KeyboardEvent) {
      if (isPaletteKey(event)) {
        // The browser would take it for its own search. It closes only what is there.
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const { target, key } = event;
      const isEscape = key === 'Escape';
      const isText = key.length === 1;
      const isForPalette = overlay === 'palette' && (isText || key === 'Backspace' || key === 'Enter');
      if (!isEscape && !isForPalette) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (target instanceof Element && target.closest('[role="dialog"]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      if (isEscape) show(null);
      else if (isText) typed.current += key;
      // Enter would choose what nobody has seen yet.
      else if (key === 'Backspace') typed.current = typed.current.slice(0, -1);
    }
    // Before a screen takes a key as its own.
    window.addEventListener('keydown', pressed, true);
    return () => window.removeEventListener('keydown', pressed, true);
  }, [overlay, show]);
  return useCallback(() => {
    const early = typed.current;
    typed.current = '';
    return early;
  }, []);
}
