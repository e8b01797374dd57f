import type { Conversation } from './conversation.ts';

/** One statement about Ant Ray's behaviour, checked against a transcript. */
export interface Case {
  readonly name: string;
  /** Needs a Ray whose nodes listen on the address they pick: one in a network namespace of its own. */
  readonly jobs?: true;
  readonly run: (ray: Conversation) => Promise<void>;
}

/** Cases whose transcripts share a file, `transcripts/<name>.json`. */
export interface Group {
  readonly name: string;
  readonly cases: readonly Case[];
}
