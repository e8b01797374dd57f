import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

/** How long typing must pause before a search starts, ms. */
const SEARCH_DEBOUNCE_MS = 200;

/**
 * The text of a search box whose applied value lives elsewhere, as in the URL. `apply` gets the trimmed text once typing
 * pauses. When the applied value changes elsewhere, as by the browser's Back button, the box follows it.
 */
export function useSearchText(
  applied: string,
  apply: (text: string) => void,
): readonly [typed: string, type: (text: string) => void] {
  const [typed, setTyped] = useState(applied);
  const [lastApplied, setLastApplied] = useState(applied);
  if (applied !== lastApplied) {
    setLastApplied(applied);
    setTyped(applied);
  }
  const applyLater = useDebouncedCallback((next: string, appliedThen: string) => {
    // Typed over a value that has been replaced since, or typed back to what is applied.
    if (appliedThen !== applied || next === applied) return;
    setLastApplied(next);
    apply(next);
  }, SEARCH_DEBOUNCE_MS);
  return [
    typed,
    (text) => {
      setTyped(text);
      applyLater(text.trim(), applied);
    },
  ];
}
