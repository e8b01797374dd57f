/** Runs tasks one after the other, each in a turn of the event loop of its own, so that everything else goes on between them. */
export interface Turns {
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function createTurns(yieldToEventLoop: () => Promise<unknown>): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(task) {
      const own = last.then(yieldToEventLoop).then(task);
      last = own.catch(() => undefined);
      return own;
    },
  };
}
