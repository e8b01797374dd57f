/** Something that one caller has at a time. */
export interface Turns {
  /** Resolves when it is the caller's turn, in the order of the calls; the returned function ends it. */
  take(): Promise<() => void>;
}

export function createTurns(): Turns {
  let last = Promise.resolve();
  return {
    async take() {
      const before = last;
      let end = () => {};
      last = new Promise((resolve) => {
        end = resolve;
      });
      await before;
      return end;
    },
  };
}
