import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * Whether the page is being printed, so that what is drawn only where it is in sight is drawn whole. It is rendered before
 * the event returns: the browser takes its picture right after it.
 */
export function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(() => window.matchMedia('print').matches);
  useEffect(() => {
    const media = window.matchMedia('print');
    const set = (to: boolean) => flushSync(() => setPrinting(to));
    const begin = () => set(true);
    const follow = () => set(media.matches);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', follow);
    media.addEventListener('change', follow);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', follow);
      media.removeEventListener('change', follow);
    };
  }, []);
  return isPrinting;
}
