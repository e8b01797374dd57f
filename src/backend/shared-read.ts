/**
 * A read that many may ask for at once: one at a time, and whoever asks while one runs gets the next, with all others who do. So
 * nobody is told what was true before they asked, and however many ask, what is read sees no more than one after the other.
 */
export function sharedRead<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;

  function start(): Promise<T> {
    const mine = read().finally(() => {
      running = null;
    });
    running = mine;
    return mine;
  }

  return () => {
    if (running === null) return start();
    const goOn = () => {
      next = null;
      return running ?? start();
    };
    next ??= running.then(goOn, goOn);
    return next;
  };
}
