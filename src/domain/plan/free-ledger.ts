import type { Fleet } from '../fleet.ts';
import type { Move } from './plan.ts';

/**
 * Nodes of each template that a growth can get: the free ones, less the dead members that wait for a replacement, since Ray
 * serves these first (fact 32). Below zero: so many of those given back go to dead members. Null: unknown. A template that is
 * left out has none.
 */
export type FreeNodes = ReadonlyMap<string, number | null>;

/** What can be taken now. A bound is taken for the count, so a plan that does not fit it never fits. */
export function freeNodesOf({ clusters, pool }: Pick<Fleet, 'clusters' | 'pool'>): FreeNodes {
  const free = new Map<string, number | null>();
  for (const { templateId, free: count } of pool.templates)
    free.set(templateId, count.known ? count.value.count : null);
  for (const { templates } of clusters.values()) {
    for (const { templateId, dead } of templates) {
      const before = free.get(templateId) ?? (free.has(templateId) ? null : 0);
      free.set(templateId, before === null || !dead.known ? null : before - dead.value);
    }
  }
  return free;
}

/** A running account of free nodes. */
export interface FreeLedger {
  /** What there is of a template; null: unknown. */
  count(templateId: string): number | null;
  /** Whether a move finds its nodes, as far as is known. Giving back never needs any, not even where dead members wait. */
  fits(move: Move): boolean;
  /** Books moves, whether they fit or not: what is lacking makes a count negative. */
  book(moves: readonly Move[]): void;
}

export function createFreeLedger(free: FreeNodes): FreeLedger {
  const counts = new Map(free);
  const count = (templateId: string) => (counts.has(templateId) ? (counts.get(templateId) ?? null) : 0);
  return {
    count,
    fits({ templateId, taken }) {
      const there = count(templateId);
      return there === null || taken <= 0 || taken <= there;
    },
    book(moves) {
      for (const { templateId, taken } of moves) {
        const there = count(templateId);
        counts.set(templateId, there === null ? null : there - taken);
      }
    },
  };
}
