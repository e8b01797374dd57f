import { replaceHidden } from '../domain/visible-text.ts';

/** What YAML's readers, of version 1.1 too, take for text without quotes. Spaces may stand inside. */
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{N}_./@+-]*( [\p{L}\p{N}_./@+-]+)*$/u;
const WORD_OF_YAML = /^(true|false|null|yes|no|on|off|y|n)$/i;
const DATE = /^\d{4}-\d/;

/** A text as a YAML scalar in one line, inside of lists and maps in brackets, too. */
export function yamlText(text: string): string {
  const looksLikeNumber = !Number.isNaN(Number(text.replaceAll('_', '')));
  const isPlain = PLAIN.test(text) && !WORD_OF_YAML.test(text) && !looksLikeNumber && !DATE.test(text);
  // A JSON string is a YAML scalar in double quotes.
  return isPlain ? text : replaceHidden(JSON.stringify(text), escaped);
}

/** A review would not show it. */
function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
