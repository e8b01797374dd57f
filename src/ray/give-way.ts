/** Lets what is more urgent go before a read of Ray: for one read, from its start to its end. */
export interface GiveWay {
  /** Whether the read should stand back now. */
  isDue(): boolean;
  /** Resolves when it may go on. */
  give(): Promise<void>;
}

/** Gives way to nobody. */
export const goesOn: GiveWay = { isDue: () => false, give: () => Promise.resolve() };
