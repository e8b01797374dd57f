/** Lets more urgent work go before one read of Ray. */
export interface Yielder {
  /** Whether the read should pause now. */
  shouldYield(): boolean;
  /** Resolves when the read may continue. */
  waitForTurn(): Promise<void>;
}

/** Never pauses. */
export const neverYields: Yielder = { shouldYield: () => false, waitForTurn: () => Promise.resolve() };
