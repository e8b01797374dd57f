const WIDE = /[\u3000-\u9fff\uff00-\uffef]/;

/** A name within a sentence: a space stands beside Latin letters and digits, and none beside Chinese characters. */
export function spaced(name: string): string {
  return `${WIDE.test(name.at(0) ?? '') ? '' : ' '}${spacedAfter(name)}`;
}

/** The same for a name that begins a sentence. */
export function spacedAfter(name: string): string {
  return `${name}${WIDE.test(name.at(-1) ?? '') ? '' : ' '}`;
}
