/**
 * A read that many may ask for at once: one at a time, and whoever asks while one runs gets the next, with all others who do. So
 * nobody is told what was true before they asked, and however many ask, what is read sees no more than one after the other.
 * `pause`: what the next one waits for beside the end of the last, from when that began; left out: nothing.
 */
export function singleFlight<T>(
  read: () => Promise<T>,
  pause: () => Promise<unknown> = () => Promise.resolve(),
): () => Promise<T> {
  let busy: Promise<unknown> | null = null;
  let next: Promise<T> | null = null;

  function start(): Promise<T> {
    const reading = read();
    busy = Promise.allSettled([reading, pause()]).then(() => {
      busy = null;
    });
    return reading;
  }

  return () => {
    if (next !== null) return next;
    if (busy === null) return start();
    next = busy.then(() => {
      next = null;
      return start();
    });
    return next;
  };
}
