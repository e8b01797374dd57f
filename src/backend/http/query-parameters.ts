/** One of the words; undefined for a missing parameter, null for any other text. */
export function parseChoice<T extends string>(text: string | null, words: readonly T[]): T | null | undefined {
  return text === null ? undefined : (words.find((each) => each === text) ?? null);
}

/** A whole number of up to nine digits; `fallback` for a missing parameter, null for any other text. */
export function parseWholeNumber(text: string | null, fallback: number): number | null {
  if (text === null) return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Milliseconds since 1970; null for a missing parameter. */
export function parseTime(text: string | null): number | null | 'invalid' {
  if (text === null) return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : 'invalid';
}
