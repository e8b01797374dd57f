import { useState } from 'react';
import { text } from '../text/text.ts';

export interface ClipboardStatus {
  /** What to say of the last copy; null before the first one and after `reset`. */
  readonly status: string | null;
  copy(value: string): Promise<void>;
  reset(): void;
}

/** Copies texts to the clipboard, and says whether that worked. `copy` never rejects. */
export function useClipboardStatus(): ClipboardStatus {
  const [status, setStatus] = useState<string | null>(null);
  return {
    status,
    async copy(value) {
      try {
        await navigator.clipboard.writeText(value);
        setStatus(text.copy.copied);
      } catch {
        setStatus(text.copy.failed);
      }
    },
    reset: () => setStatus(null),
  };
}
