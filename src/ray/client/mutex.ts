/** Something that one caller has at a time. */
export interface Mutex {
  /** Resolves when the caller has it, in the order of the calls; the returned function gives it back. */
  acquire(): Promise<() => void>;
}

export function createMutex(): Mutex {
  let last = Promise.resolve();
  return {
    async acquire() {
      const before = last;
      let release = () => {};
      last = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      return release;
    },
  };
}
