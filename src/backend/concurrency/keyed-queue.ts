/** Runs tasks of the same key one after the other, and tasks of different keys concurrently. */
export interface KeyedQueue {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(key, task) {
      const before = tails.get(key) ?? Promise.resolve();
      const own = before.then(task, task);
      tails.set(key, own);
      const forget = () => {
        if (tails.get(key) === own) tails.delete(key);
      };
      own.then(forget, forget);
      return own;
    },
  };
}
