/** How pieces of text stand beside each other. */
export const joins = {
  /** What stands between a text and the next, where no sentence can be made of both. */
  stop: '. ',
  comma: ', ',
  colon: ': ',
  list: (parts: readonly string[]) => parts.join(', '),
  sentences: (parts: readonly string[]) => parts.join(' '),
  labelled: (label: string, value: string) => `${label}: ${value}`,
  /** Words that stand alone elsewhere, as a sentence. */
  sentence: (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  /** The same with no other first letter: it begins with a name. */
  ended: (words: string) => `${words}.`,
  /** From when a value is, and why it is no newer. */
  asOfWhy: (asOf: string, why: string) => `${asOf}. ${why}`,
  bracket: (remark: string) => `(${remark})`,
  /** A remark behind something. */
  bracketed: (what: string, remark: string) => `${what} (${remark})`,
};
