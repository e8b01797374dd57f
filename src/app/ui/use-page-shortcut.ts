import { useEffect, useEffectEvent } from 'react';
import { isShortcut } from './keyboard-shortcut.ts';

/** Runs on a key pressed anywhere on the page while nothing is being typed. */
export function usePageShortcut(key: string, run: () => void): void {
  const onShortcut = useEffectEvent(run);
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      if (!isShortcut(event, key)) return;
      event.preventDefault();
      onShortcut();
    }
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [key]);
}
