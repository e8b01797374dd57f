/** What is searched: a label, and other words by which it is found too. */
export interface Searchable {
  readonly label: string;
  readonly keywords: string;
}

const WHOLE = 100;
const START = 80;
const WORD_START = 60;
const INSIDE = 40;
/** Letters in their order with others between them; fewer between them are better. */
const SCATTERED = 20;
const KEYWORD = 0.5;

/** How well a thing matches what is typed; null when one of the words is not in it. The words may come in any order. */
export function scoreOf(typed: string, { label, keywords }: Searchable): number | null {
  let sum = 0;
  for (const word of wordsOf(typed)) {
    const inLabel = wordScore(word, label.toLowerCase()) ?? 0;
    // A scattered match in a long text would be chance.
    const inKeywords = wordScore(word, keywords.toLowerCase(), false) ?? 0;
    const best = Math.max(inLabel, inKeywords * KEYWORD);
    if (best === 0) return null;
    sum += best;
  }
  return sum;
}

export function wordsOf(typed: string): readonly string[] {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The things that match, best first; of equal ones those used lately, then the shorter, then as they came. */
export function ranked<T extends Searchable>(
  typed: string,
  things: readonly T[],
  isRecent: (thing: T) => boolean,
): readonly { readonly thing: T; readonly score: number }[] {
  return things
    .flatMap((thing) => {
      const score = scoreOf(typed, thing);
      return score === null ? [] : [{ thing, score: score + (isRecent(thing) ? 10 : 0) }];
    })
    .toSorted((a, b) => b.score - a.score || a.thing.label.length - b.thing.label.length);
}

function wordScore(word: string, text: string, mayScatter = true): number | null {
  if (text === word) return WHOLE;
  if (text.startsWith(word)) return START;
  for (let at = text.indexOf(word, 1); at > 0; at = text.indexOf(word, at + 1)) {
    if (!isWordCharacter(text[at - 1])) return WORD_START;
  }
  if (text.includes(word)) return INSIDE;
  return mayScatter ? scatteredScore(word, text) : null;
}

function scatteredScore(word: string, text: string): number | null {
  if (word.length < 2) return null;
  let at = -1;
  let first = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return null;
    if (first < 0) first = at;
  }
  const between = at - first + 1 - word.length;
  return between > 2 * word.length ? null : SCATTERED - between;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
