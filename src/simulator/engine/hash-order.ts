import { hashOf } from './random.ts';
import type { SimNode } from './world.ts';

/** Sorts by a hash of the ids: an arbitrary order that is the same for the same seed. */
export function inHashOrder<T extends { readonly id: string }>(values: Iterable<T>, seed: number): readonly T[] {
  return [...values]
    .map((value) => ({ value, hash: hashOf(value.id, seed) }))
    .sort((one, other) => one.hash - other.hash || (one.value.id < other.value.id ? -1 : 1))
    .map(({ value }) => value);
}

/** Nodes in an arbitrary order that is the same for the same seed. */
export function sortedByRank(nodes: Iterable<SimNode>): readonly SimNode[] {
  return [...nodes].sort((one, other) => one.hashRank - other.hashRank);
}
