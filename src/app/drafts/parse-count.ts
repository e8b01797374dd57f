import { MAX_REPLICAS } from '../../domain/replica-sets.ts';

/** Why the typed text is not a count. An empty field is not one: it never means 0. */
export type CountProblem = 'empty' | 'not-whole' | 'too-large';

/**
 * Reads a count exactly as typed: a whole number from 0 to 2147483647 (fact 11), in the full-width digits of a Chinese keyboard, too. `1e5`, `-1` and `2.0` are none.
 */
export function parseCount(
  typed: string,
): { readonly kind: 'count'; readonly count: number } | { readonly kind: 'problem'; readonly problem: CountProblem } {
  const text = typed.trim().replaceAll(/[\uFF10-\uFF19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
  if (text === '') return { kind: 'problem', problem: 'empty' };
  if (!/^[0-9]+$/.test(text)) return { kind: 'problem', problem: 'not-whole' };
  const count = Number(text);
  return count > MAX_REPLICAS ? { kind: 'problem', problem: 'too-large' } : { kind: 'count', count };
}

/** The typed count; null when the text is not one. */
export function countOrNull(typed: string): number | null {
  const parsed = parseCount(typed);
  return parsed.kind === 'count' ? parsed.count : null;
}

/**
 * What a step makes of the field: `by` more or less, within what Ray takes. A field that holds no count starts again
 * from `otherwise`, what the cluster has: a step must not turn a typing mistake into a small number.
 */
export function stepCount(typed: string, by: number, otherwise: number): string {
  const from = countOrNull(typed);
  if (from === null) return String(otherwise);
  return String(Math.min(Math.max(from + by, 0), MAX_REPLICAS));
}
