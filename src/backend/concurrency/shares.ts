/** Divides a bounded resource among its holders. */
export interface Shares {
  /** Takes an amount for a holder, or says why not: they have their share, or there is too little for anybody. */
  take(holder: string, amount: number): 'taken' | 'share-used' | 'full';
  /** Gives back what was taken. */
  release(holder: string, amount: number): void;
  /** What all of them hold. */
  held(): number;
}

/**
 * Nobody may hold more than `ratio` times what would stay free. So one holder alone gets `ratio / (1 + ratio)` of the capacity, the
 * next one the same part of the rest, and so on: nobody can use it up, and small amounts are there when large ones are not.
 */
export function createShares({ capacity, ratio }: { readonly capacity: number; readonly ratio: number }): Shares {
  const byHolder = new Map<string, number>();
  let total = 0;

  return {
    take(holder, amount) {
      const own = byHolder.get(holder) ?? 0;
      const left = capacity - total - amount;
      if (own + amount > ratio * left) return own === 0 ? 'full' : 'share-used';
      byHolder.set(holder, own + amount);
      total += amount;
      return 'taken';
    },
    release(holder, amount) {
      const left = (byHolder.get(holder) ?? 0) - amount;
      if (left > 0) byHolder.set(holder, left);
      else byHolder.delete(holder);
      total -= amount;
    },
    held: () => total,
  };
}
