import type { Json } from './normalise.ts';

/** One exchange of a transcript, or something that a case saw for itself. */
export type TranscriptStep =
  | { readonly ask: string; readonly status: number; readonly contentType: string; readonly reply: Json }
  | { readonly saw: string; readonly value: Json };

/**
 * Every place where the two transcripts differ, as `step 3 (GET /x) reply.data.revision: expected …, got …`;
 * empty when they agree field by field.
 */
export function differences(expected: readonly TranscriptStep[], got: readonly TranscriptStep[]): readonly string[] {
  const count = Math.max(expected.length, got.length);
  return Array.from({ length: count }, (_, index) => {
    const one = expected[index];
    const other = got[index];
    const title = `step ${index + 1} (${titleOf(one ?? other)})`;
    if (one === undefined) return [`${title}: not in the transcript`];
    if (other === undefined) return [`${title}: missing`];
    return differencesIn(title, { ...one }, { ...other });
  }).flat();
}

function titleOf(step: TranscriptStep | undefined): string {
  if (step === undefined) return '';
  return 'ask' in step ? step.ask : step.saw;
}

function differencesIn(path: string, expected: Json | undefined, got: Json | undefined): readonly string[] {
  if (JSON.stringify(expected) === JSON.stringify(got)) return [];
  if (isRecord(expected) && isRecord(got)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...keys].flatMap((key) => differencesIn(`${path} ${key}`, expected[key], got[key]));
  }
  if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    return expected.flatMap((row, index) => differencesIn(`${path} [${index}]`, row, got[index]));
  }
  return [`${path}: expected ${shown(expected)}, got ${shown(got)}`];
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
