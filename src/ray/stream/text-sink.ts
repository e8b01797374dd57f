/** Why nothing that comes can make a text good: it is not what was asked for, or more than is kept of one. */
type SinkProblem = 'unreadable' | 'too-large';

/** Consumes a text that comes in parts of any size. */
export interface TextSink {
  push(part: string): void;
  /** Asked after each part: not null once the rest need not be read. */
  problem(): SinkProblem | null;
  /** To be called once after the last part; returns the text that is left to decode. */
  end(): string;
}

/** Leaves the whole text. */
export function wholeText(): TextSink {
  const parts: string[] = [];
  return { push: (part) => void parts.push(part), problem: () => null, end: () => parts.join('') };
}
