import { deadIn, type AttentionItem, type ItemOf } from './attention-items.ts';

/** Items of one kind, and what they come to. */
export type AttentionGroup =
  | { readonly kind: 'outcome'; readonly items: readonly AttentionItem[]; readonly changes: number }
  | { readonly kind: 'replacement'; readonly items: readonly AttentionItem[]; readonly dead: number }
  /** `nodes`: null where that is not known of each. */
  | {
      readonly kind: 'leftover';
      readonly items: readonly AttentionItem[];
      readonly count: number;
      readonly nodes: number | null;
    }
  | { readonly kind: 'deletion'; readonly items: readonly AttentionItem[] };

/** Where sources fail there are few of them, and all else depends on them: they are always shown. */
export type GroupedKind = AttentionGroup['kind'];

export type AttentionRow =
  | { readonly group: null; readonly item: AttentionItem }
  | { readonly group: AttentionGroup; readonly item: null };

/** As many as can be read without scrolling. */
const FEW = 6;

/**
 * The rows of what needs attention: few items one by one, many as a group for each kind. Otherwise virtual clusters that wait for nodes
 * could be screens below a hundred leftover job clusters, or the other way round.
 */
export function attentionRows(items: readonly AttentionItem[]): readonly AttentionRow[] {
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
  const [outcomes, dead, left] = [of('outcome'), of('replacement'), of('leftover')];
  return [
    { kind: 'outcome', items: outcomes, changes: sum(outcomes.map(({ count }) => count)) },
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
