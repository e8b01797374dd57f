import { countOf, replicaSetsOf, templatesOf, type ReplicaSets } from './replica-sets.ts';

/** One template of a three-way merge. */
export interface MergeRow {
  readonly templateId: string;
  readonly base: number;
  readonly mine: number;
  readonly theirs: number;
  /** Null when both sides changed it to different counts: the user decides. */
  readonly decided: { readonly by: 'nobody' | 'mine' | 'theirs' | 'both'; readonly count: number } | null;
}

/** Three-way merge by template: what the editor opened with (`base`), the user's edits (`mine`) and Ray's current counts (`theirs`). */
export function merge(sides: {
  readonly base: ReplicaSets;
  readonly mine: ReplicaSets;
  readonly theirs: ReplicaSets;
}): readonly MergeRow[] {
  return templatesOf(sides.base, sides.mine, sides.theirs).map((templateId) => {
    const base = countOf(sides.base, templateId);
    const mine = countOf(sides.mine, templateId);
    const theirs = countOf(sides.theirs, templateId);
    return { templateId, base, mine, theirs, decided: mergeCount(base, mine, theirs) };
  });
}

function mergeCount(base: number, mine: number, theirs: number): MergeRow['decided'] {
  if (mine === theirs) return { by: mine === base ? 'nobody' : 'both', count: mine };
  if (theirs === base) return { by: 'mine', count: mine };
  if (mine === base) return { by: 'theirs', count: theirs };
  return null;
}

/** The merged request with every template of the rows, or the conflicting templates that are still undecided. */
export function resolveMerge(
  rows: readonly MergeRow[],
  choices: ReadonlyMap<string, 'mine' | 'theirs'>,
):
  | { readonly kind: 'merged'; readonly want: ReplicaSets }
  | { readonly kind: 'undecided'; readonly templateIds: readonly string[] } {
  const undecided = rows.filter((row) => row.decided === null && !choices.has(row.templateId));
  if (undecided.length > 0) return { kind: 'undecided', templateIds: undecided.map((row) => row.templateId) };
  const want = rows.map((row) => {
    const count = row.decided?.count ?? (choices.get(row.templateId) === 'mine' ? row.mine : row.theirs);
    return [row.templateId, count] as const;
  });
  return { kind: 'merged', want: replicaSetsOf(want) };
}
