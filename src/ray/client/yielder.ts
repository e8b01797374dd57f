/** Lets what is more urgent go before a read of Ray: for one read, from its start to its end. */
export interface Yielder {
  /** Whether the read should stand back now. */
  shouldYield(): boolean;
  /** Resolves when it may go on. */
  waitForTurn(): Promise<void>;
}

/** Gives way to nobody. */
export const neverYields: Yielder = { shouldYield: () => false, waitForTurn: () => Promise.resolve() };
