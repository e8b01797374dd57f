/** What a terminal obeys or nobody sees, but line breaks, and joiners (200C, 200D), which are part of words and emoji. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu;

/**
 * JSON or YAML with such characters as `\uXXXX`. It says the same: both have them within double quotes alone, where that is how they
 * are written.
 */
export function escapedData(text: string): string {
  return text.replaceAll(UNSAFE, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
