import type { VirtualCluster } from '../../../domain/fleet.ts';
import { merge } from '../../../domain/merge.ts';
import { countOf, templatesOf } from '../../../domain/replica-sets.ts';
import { countOrNull } from '../../drafts/parse-count.ts';
import type { Draft } from '../../drafts/draft-store.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { chosenSide, type EarlyChoices } from './early-choices.ts';
import type { SaveEffect } from './save-effects.ts';

/** The form merged with what the cluster has now. */
export interface MergePreview {
  /** By template; null where nothing valid is typed. A template that is undecided stays as it is until a side is chosen. */
  readonly counts: readonly (readonly [templateId: string, count: number | null])[];
  /** For the templates that others changed since the form was opened. */
  readonly notes: ReadonlyMap<string, Extract<SaveEffect, { readonly kind: 'keeps-theirs' | 'undecided' }>>;
}

/**
 * The form merged with the cluster as known now, as the answer to its save would merge it: so that the preview takes back
 * nothing that only others moved. `cluster` null, or a form without a base: just what is typed.
 */
export function previewMerge(
  { base, fields }: Pick<Draft, 'base' | 'fields'>,
  cluster: VirtualCluster | null,
  choices: EarlyChoices = new Map(),
): MergePreview {
  const notes = new Map<string, Extract<SaveEffect, { readonly kind: 'keeps-theirs' | 'undecided' }>>();
  const typed = new Map(fields.map(({ templateId, typed: text }) => [templateId, countOrNull(text)]));
  if (base === null || cluster === null) return { counts: [...typed], notes };
  const remote = heldReplicaSetsOf(cluster);
  const want = templatesOf(
    base.replicaSets,
    remote,
    Object.fromEntries(fields.map(({ templateId }) => [templateId, 0])),
  ).map((templateId) => {
    const mine = typed.has(templateId) ? (typed.get(templateId) ?? null) : countOf(base.replicaSets, templateId);
    if (mine === null) return [templateId, null] as const;
    const [row] = merge({
      base: { [templateId]: countOf(base.replicaSets, templateId) },
      mine: { [templateId]: mine },
      theirs: { [templateId]: countOf(remote, templateId) },
    });
    if (row?.decided === null) {
      notes.set(templateId, { kind: 'undecided', mine, theirs: row.theirs });
      const side = chosenSide(choices, templateId, row);
      return [templateId, side === 'mine' ? mine : row.theirs] as const;
    }
    if (row?.decided.by === 'theirs') notes.set(templateId, { kind: 'keeps-theirs', count: row.decided.count });
    return [templateId, row?.decided.count ?? mine] as const;
  });
  return { counts: want, notes };
}
