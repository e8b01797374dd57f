/** Consumes a text that comes in parts of any size. */
export interface TextSink {
  push(part: string): void;
  /** To be called once after the last part; returns the text that is left to decode. */
  end(): string;
}

/** Leaves the whole text. */
export function wholeText(): TextSink {
  const parts: string[] = [];
  return { push: (part) => void parts.push(part), end: () => parts.join('') };
}
