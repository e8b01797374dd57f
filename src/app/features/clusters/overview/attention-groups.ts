import type { SourceName } from '../../../../domain/sourced.ts';
import { deadIn, type AttentionItem, type ItemOf } from './attention-items.ts';

/** Items of one kind, and what they come to. */
export type AttentionGroup =
  | { readonly kind: 'outcome' | 'cannot-be-known'; readonly items: readonly AttentionItem[]; readonly changes: number }
  | { readonly kind: 'replacement'; readonly items: readonly AttentionItem[]; readonly dead: number }
  /** `nodes`: null where that is not known of each. */
  | {
      readonly kind: 'leftover';
      readonly items: readonly AttentionItem[];
      readonly count: number;
      readonly nodes: number | null;
    }
  | { readonly kind: 'deletion'; readonly items: readonly AttentionItem[] }
  | { readonly kind: 'limit'; readonly items: readonly AttentionItem[]; readonly sources: readonly SourceName[] };

/** Where sources fail there are few of them, and all else depends on them: they are always shown. */
export type GroupedKind = AttentionGroup['kind'];

export type AttentionRow =
  | { readonly group: null; readonly item: AttentionItem }
  | { readonly group: AttentionGroup; readonly item: null };

/** As many as can be read without scrolling. */
const FEW = 6;

/**
 * The rows of what needs attention: few items one by one, many as a group for each kind. Otherwise virtual clusters that wait for nodes
 * could be screens below a hundred leftover job clusters, or the other way round. What nobody can mend is a group in any case: its
 * head says what is not known for it.
 */
export function attentionRows(items: readonly AttentionItem[]): readonly AttentionRow[] {
  const limits = items.filter((item): item is ItemOf<'limit'> => item.kind === 'limit');
  const rows = rowsOf(items.filter(({ kind }) => kind !== 'limit'));
  if (limits.length === 0) return rows;
  const sources = limits.map(({ source }) => source);
  return [...rows, { group: { kind: 'limit', items: limits, sources }, item: null }];
}

function rowsOf(items: readonly AttentionItem[]): readonly AttentionRow[] {
  if (items.length <= FEW) return items.map(rowOf);
  const rows: AttentionRow[] = items.filter(({ kind }) => kind === 'source').map(rowOf);
  for (const group of groupsOf(items)) {
    const [only, ...more] = group.items;
    if (only === undefined) continue;
    rows.push(more.length === 0 ? rowOf(only) : { group, item: null });
  }
  return rows;
}

function rowOf(item: AttentionItem): AttentionRow {
  return { group: null, item };
}

function groupsOf(items: readonly AttentionItem[]): readonly AttentionGroup[] {
  const of = <K extends AttentionItem['kind']>(kind: K) =>
    items.filter((item): item is ItemOf<K> => item.kind === kind);
  const [outcomes, unknowable, dead, left] = [of('outcome'), of('cannot-be-known'), of('replacement'), of('leftover')];
  return [
    { kind: 'outcome', items: outcomes, changes: sum(outcomes.map(({ count }) => count)) },
    { kind: 'cannot-be-known', items: unknowable, changes: sum(unknowable.map(({ count }) => count)) },
    { kind: 'replacement', items: dead, dead: sum(dead.map(deadIn)) },
    {
      kind: 'leftover',
      items: left,
      count: sum(left.map(({ count }) => count)),
      nodes: left.reduce<number | null>((all, { nodes }) => (all === null || nodes === null ? null : all + nodes), 0),
    },
    { kind: 'deletion', items: of('deletion') },
  ];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
