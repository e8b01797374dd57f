import type { SaveChange } from '../../../domain/change.ts';
import type { ClusterSnapshot } from '../../../domain/result.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import { conflictRowsOf, resolveConflict, type ConflictResolution } from './conflict-resolution.ts';

export type Side = 'mine' | 'theirs';

/** A choice made before saving, between these two counts of a template: of any others it says nothing. */
export interface EarlyChoice {
  readonly side: Side;
  readonly mine: number;
  readonly theirs: number;
}

export type EarlyChoices = ReadonlyMap<string, EarlyChoice>;

/** The chosen side; null where nothing was chosen between just these counts. */
export function chosenSide(
  choices: EarlyChoices,
  templateId: string,
  counts: { readonly mine: number; readonly theirs: number },
): Side | null {
  const choice = choices.get(templateId);
  return choice?.mine === counts.mine && choice.theirs === counts.theirs ? choice.side : null;
}

/**
 * The save merged with the cluster as it is now, on its revision, once each template that both sides changed is chosen. Null:
 * it goes out as it is, and Ray's answer may ask for the choices.
 */
export function resolveEarly(
  save: SaveChange,
  now: ClusterSnapshot | null,
  choices: EarlyChoices,
): Exclude<ConflictResolution, { readonly kind: 'undecided' }> | null {
  if (now === null || save.base === null || now.divisible !== save.divisible) return null;
  if (compareRevisions(now.revision, save.base.revision) <= 0) return null;
  const sides = new Map<string, Side>();
  for (const row of conflictRowsOf(save, now)) {
    const side = row.decided === null ? chosenSide(choices, row.templateId, row) : null;
    if (side !== null) sides.set(row.templateId, side);
  }
  if (sides.size === 0) return null;
  const resolved = resolveConflict(save, now, sides);
  return resolved.kind === 'undecided' ? null : resolved;
}
