/** Joiners (200C, 200D) are part of words and emoji; other format characters hide or turn what is read. */
const HIDDEN = String.raw`[\p{Cc}\p{Cs}\u2028\u2029]|(?![\u200C\u200D])\p{Cf}`;
const hidden = new RegExp(HIDDEN, 'u');
const allHidden = new RegExp(HIDDEN, 'gu');

/** Whether a text has a control character, or one that hides or turns the direction of what stands after it. */
export function hasHiddenCharacter(text: string): boolean {
  return hidden.test(text);
}

/** One line: line breaks and runs of white space become a space. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** The text with something in place of each hidden character. */
export function replaceHidden(text: string, by: (character: string) => string): string {
  return text.replaceAll(allHidden, by);
}

/** One line without hidden characters. */
export function visibleText(text: string): string {
  return oneLine(replaceHidden(oneLine(text), () => ''));
}
