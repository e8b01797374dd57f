/** Time as the rooms see it: passed in, so that tests move it by hand. Milliseconds since 1970. */
export interface Clock {
  now(): number;
  /** Calls back once, `ms` from now; the returned function cancels. */
  after(ms: number, callBack: () => void): () => void;
}
