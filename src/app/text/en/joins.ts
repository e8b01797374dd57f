/** How pieces of text stand beside each other. */
export const joins = {
  list: (parts: readonly string[]) => parts.join(', '),
  sentences: (parts: readonly string[]) => parts.join(' '),
  labelled: (label: string, value: string) => `${label}: ${value}`,
  /** Words that stand alone elsewhere, as a sentence. */
  sentence: (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  /** The same with no other first letter: it begins with a name. */
  ended: (words: string) => `${words}.`,
  /** A remark behind something. */
  bracketed: (what: string, remark: string) => `${what} (${remark})`,
};
