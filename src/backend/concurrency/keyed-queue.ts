/** Does things of one key one after the other, those of different keys side by side. */
export interface KeyedQueue {
  run<T>(key: string, thing: () => Promise<T>): Promise<T>;
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(key, thing) {
      const before = tails.get(key) ?? Promise.resolve();
      const mine = before.then(thing, thing);
      tails.set(key, mine);
      const forget = () => {
        if (tails.get(key) === mine) tails.delete(key);
      };
      mine.then(forget, forget);
      return mine;
    },
  };
}
