import { Lexer } from 'yaml';

/** Lists and maps in one another, and columns in which a list or a map may begin. A fleet file needs five levels. */
const MAX_LEVELS = 100;
const MAX_COLUMNS = 200;

/** Half of them are those of 5,000 virtual clusters with 20 templates each, an owner and a comment. */
const MAX_TOKENS = 1_800_000;

/** What the lexer puts before a plain scalar. */
const SCALAR = '\u001F';
/** What it puts before a document, and where one in brackets is cut: no characters of the text. */
const MARKS: ReadonlySet<string> = new Set([SCALAR, '\u0002', '\u0018']);

/** What the parser would take minutes for, or end the process at: it calls itself for each level. */
export interface BoundsFault {
  readonly kind: 'too-deep' | 'too-many-parts';
  /** Where, in characters. */
  readonly at: number;
}

/** Looks at the tokens alone, each once. Null: the text may be parsed. */
export function yamlBoundsFault(text: string): BoundsFault | null {
  let [at, tokens, levels, lineStart] = [0, 0, 0, 0];
  let [isScalar, isFirst] = [false, true];
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token) && !isScalar) {
      isScalar = token === SCALAR;
      continue;
    }
    tokens += 1;
    if (tokens > MAX_TOKENS) return { kind: 'too-many-parts', at };
    const isMark = !isScalar && token.length === 1;
    if (isMark && (token === '[' || token === '{')) levels += 1;
    else if (isMark && (token === ']' || token === '}')) levels = Math.max(0, levels - 1);
    const isBlank = /^[ \t]*$/.test(token);
    const begins = levels === 0 && !isBlank && (isFirst || (isMark && (token === '-' || token === '?')));
    if (levels > MAX_LEVELS || (begins && token !== '\n' && token !== '\r\n' && at - lineStart > MAX_COLUMNS))
      return { kind: 'too-deep', at };
    at += token.length;
    isScalar = false;
    if (token.includes('\n')) [lineStart, isFirst] = [at, true];
    else if (!isBlank) isFirst = false;
  }
  return null;
}
