import { isMap, isScalar, isSeq } from 'yaml';

/** Replaces what stands from `start` to before `end`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes edits that do not overlap; those at one place in the given order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: inserted } of edits.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, start), inserted);
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Where a value ends: before the comment that follows, and after its line break where that is a part of the value. */
export function endOf(node: unknown): number {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (last !== undefined) return endOf(last.value ?? last.key);
  }
  if (isSeq(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[1] ?? 0) : 0;
}

/** Where a line can be added below what ends at `end`; `lineIsOver`: the place is the beginning of a line. */
export function lineBelow(text: string, end: number): { readonly at: number; readonly lineIsOver: boolean } {
  if (text[end - 1] === '\n') return { at: end, lineIsOver: true };
  const next = text.indexOf('\n', end);
  const at = next < 0 ? text.length : next;
  return { at: text[at - 1] === '\r' ? at - 1 : at, lineIsOver: false };
}

export function startOfLine(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The beginning of the line below, or the end of the text. */
export function startOfNextLine(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const next = text.indexOf('\n', at);
  return next < 0 ? text.length : next + 1;
}

/** How far a place is from the beginning of its line. */
export function columnOf(text: string, at: number): number {
  return at - startOfLine(text, at);
}
