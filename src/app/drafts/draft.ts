import type { LastSeenCluster } from '../../contract/fleet.ts';
import type { SaveChange } from '../../domain/change.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import {
  compareTemplates,
  countOf,
  replicaSetsOf,
  sameReplicaSets,
  templatesOf,
  type ReplicaSets,
} from '../../domain/replica-sets.ts';
import { countOrNull } from './parse-count.ts';
import type { Draft } from './draft-store.ts';

/** One template's field, exactly as typed. */
export type Field = Draft['fields'][number];

/** The values of the form. */
export interface FormValues {
  typedId: string;
  divisible: boolean;
  fields: { templateId: string; typed: string }[];
}

/**
 * An editor just opened over a cluster: nothing is typed yet, and the base is frozen. `openedAt`: ms since 1970; `epoch`:
 * of the fleet that the cluster was read from; null where it is not to be compared.
 */
export function editDraft(cluster: VirtualCluster, openedAt: number, epoch: string | null = null): Draft {
  const replicaSets = heldReplicaSetsOf(cluster);
  return {
    clusterId: cluster.id,
    typedId: cluster.id,
    divisible: cluster.divisible,
    base: { revision: cluster.revision, replicaSets, openedAt, epoch },
    fields: templatesOf(replicaSets).map((templateId) => ({
      templateId,
      typed: String(countOf(replicaSets, templateId)),
    })),
    sent: null,
  };
}

/** The templates that a form lists by default: the fleet's, except the head node's own, which few mean to take (fact 15). */
export function listedTemplatesOf(pool: FreePool): readonly string[] {
  return pool.templates.filter(({ isHeadTemplate }) => !isHeadTemplate).map(({ templateId }) => templateId);
}

/** The draft with a field for each template of the fleet that it has none for: those that are held come first. */
export function withListedTemplates(draft: Draft, pool: FreePool): Draft {
  const none = replicaSetsOf(listedTemplatesOf(pool).map((templateId) => [templateId, 0]));
  return { ...draft, fields: [...withSets(draft.fields, onlyMissing(none, draft.fields), heldBy(draft))] };
}

function heldBy({ base }: Pick<Draft, 'base'>): ReplicaSets {
  return base?.replicaSets ?? {};
}

/** A new virtual cluster: a field for each listed template. */
export function newDraft(pool: FreePool): Draft {
  const fields = listedTemplatesOf(pool).map((templateId) => ({ templateId, typed: '0' }));
  return { clusterId: null, typedId: '', divisible: false, base: null, fields, sent: null };
}

/** A draft that creates a virtual cluster lost by Ray again, with what it had; none of that is held any more. */
export function recreationDraft(pool: FreePool, { id, divisible, replicaSets }: LastSeenCluster): Draft {
  const draft = newDraft(pool);
  return { ...draft, typedId: id, divisible, fields: [...withDesiredCounts(draft.fields, replicaSets, {})] };
}

/** A draft from the store, with a field for every template that its base holds: one left out would be 0 for Ray (fact 8). */
export function restoreDraft(draft: Draft): Draft {
  const held = heldBy(draft);
  return { ...draft, fields: [...withSets(draft.fields, onlyMissing(held, draft.fields), held)] };
}

function onlyMissing(sets: ReplicaSets, fields: readonly Field[]): ReplicaSets {
  const there = new Set(fields.map(({ templateId }) => templateId));
  return replicaSetsOf(Object.entries(sets).filter(([templateId]) => !there.has(templateId)));
}

/**
 * The fields once these replica sets are what is wanted. A field that says so already stays exactly as typed, and one
 * that the sets don't name becomes 0.
 */
function withDesiredCounts(fields: readonly Field[], want: ReplicaSets, held: ReplicaSets): readonly Field[] {
  const named = fields.map((field) => {
    const count = countOf(want, field.templateId);
    return countOrNull(field.typed) === count ? field : { ...field, typed: String(count) };
  });
  return withSets(named, onlyMissing(want, fields), held);
}

function withSets(fields: readonly Field[], sets: ReplicaSets, held: ReplicaSets): readonly Field[] {
  const more = templatesOf(sets).map((templateId) => ({ templateId, typed: String(countOf(sets, templateId)) }));
  return [...fields, ...more].sort((a, b) => compareFields(a.templateId, b.templateId, held));
}

/** The order of a form's fields: what is held before what is not. */
export function compareFields(a: string, b: string, held: ReplicaSets): number {
  return Number(countOf(held, b) > 0) - Number(countOf(held, a) > 0) || compareTemplates(a, b);
}

/**
 * The draft as of what the cluster has now. What was typed stays to the letter; a field that said what the base had says
 * what it has now.
 */
export function rebaseDraft(draft: Draft, cluster: VirtualCluster, now: number, epoch: string): Draft {
  const { base } = editDraft(cluster, now, epoch);
  const held = base?.replicaSets ?? {};
  const before = draft.base?.replicaSets ?? {};
  const fields = draft.fields.map((field) => {
    const isTyped = countOrNull(field.typed) !== countOf(before, field.templateId);
    return isTyped ? field : { ...field, typed: String(countOf(held, field.templateId)) };
  });
  return { ...draft, base, fields: [...withSets(fields, onlyMissing(held, fields), held)] };
}

/** The desired replica sets; null while a field holds no count. */
export function desiredReplicaSetsOf(fields: readonly Field[]): ReplicaSets | null {
  const pairs: [string, number][] = [];
  for (const { templateId, typed } of fields) {
    const count = countOrNull(typed);
    if (count === null) return null;
    pairs.push([templateId, count]);
  }
  return replicaSetsOf(pairs);
}

/** Whether the form holds anything that would be lost. A field without a valid count counts as typed. */
export function isDirty(draft: Pick<Draft, 'clusterId' | 'typedId' | 'divisible' | 'base' | 'fields'>): boolean {
  if (draft.clusterId === null && (draft.typedId !== '' || draft.divisible)) return true;
  const want = desiredReplicaSetsOf(draft.fields);
  return want === null || !sameReplicaSets(want, draft.base?.replicaSets ?? {});
}

/**
 * The change that the form stands for; null while a field holds no count. It names every template held, and of the others
 * those that are asked for.
 */
export function saveRequestOf(
  draft: Pick<Draft, 'clusterId' | 'typedId' | 'divisible' | 'base' | 'fields'>,
): SaveChange | null {
  const want = desiredReplicaSetsOf(draft.fields);
  if (want === null) return null;
  const { base } = draft;
  return {
    kind: 'save',
    clusterId: draft.clusterId ?? draft.typedId,
    divisible: draft.divisible,
    base: base === null ? null : { revision: base.revision, replicaSets: base.replicaSets },
    want: withoutUnheldZeros(want, heldBy(draft)),
  };
}

/**
 * The draft once this save of it is sent: its fields hold what was sent, and its base is the base that was sent. So a
 * rejected merge or suggestion leaves a form that shows what was sent. `now`: ms since 1970; `epoch`: the fleet's epoch
 * in which a base taken from a reply was read.
 */
export function draftAfterSend(draft: Draft, save: SaveChange, now: number, epoch: string | null = null): Draft {
  const { base } = save;
  const isSameBase = base === null || base.revision === draft.base?.revision;
  return {
    ...draft,
    fields: [...withDesiredCounts(draft.fields, save.want, isSameBase ? heldBy(draft) : base.replicaSets)],
    base: isSameBase ? draft.base : { ...base, openedAt: now, epoch },
  };
}

/** A save turned into a creation: without a base, and so without held replica sets. */
export function toCreation(save: SaveChange): SaveChange {
  return { ...save, base: null, want: withoutUnheldZeros(save.want, {}) };
}

function withoutUnheldZeros(sets: ReplicaSets, held: ReplicaSets): ReplicaSets {
  return replicaSetsOf(
    Object.entries(sets).filter(([templateId, count]) => count > 0 || Object.hasOwn(held, templateId)),
  );
}
