/** A bounded number of things at once, in all and for each owner. */
export interface Semaphore {
  /** Takes a slot; the returned function gives it back, once. Else who has too many already: the owner, or all together. */
  take(owner: string): (() => void) | 'owner' | 'all';
}

export function createSemaphore({ perOwner, inAll }: { readonly perOwner: number; readonly inAll: number }): Semaphore {
  const held = new Map<string, number>();
  let total = 0;
  return {
    take(owner) {
      const own = held.get(owner) ?? 0;
      if (own >= perOwner) return 'owner';
      if (total >= inAll) return 'all';
      held.set(owner, own + 1);
      total += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        total -= 1;
        const left = (held.get(owner) ?? 1) - 1;
        if (left === 0) held.delete(owner);
        else held.set(owner, left);
      };
    },
  };
}
