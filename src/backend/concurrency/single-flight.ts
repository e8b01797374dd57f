/**
 * Shares a read among concurrent callers, with at most one at a time: all who call while one runs get the next one, so
 * that nobody gets a value from before their call. `pause` starts with each read, and the next one waits for both;
 * left out: no pause.
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
