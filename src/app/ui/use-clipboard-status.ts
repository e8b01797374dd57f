import { useState } from 'react';
import { copyToClipboard } from './copy-to-clipboard.ts';

interface ClipboardStatus {
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
      setStatus(await copyToClipboard(value));
    },
    reset: () => setStatus(null),
  };
}
