/** A bounded number of things at once, in all and for each person. */
export interface Semaphore {
  /** Takes a slot; the returned function gives it back, once. Else who has too many already: the person, or all together. */
  take(person: string): (() => void) | 'person' | 'all';
}

export function createSemaphore({
  perPerson,
  inAll,
}: {
  readonly perPerson: number;
  readonly inAll: number;
}): Semaphore {
  const held = new Map<string, number>();
  let total = 0;
  return {
    take(person) {
      const own = held.get(person) ?? 0;
      if (own >= perPerson) return 'person';
      if (total >= inAll) return 'all';
      held.set(person, own + 1);
      total += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        total -= 1;
        const left = (held.get(person) ?? 1) - 1;
        if (left === 0) held.delete(person);
        else held.set(person, left);
      };
    },
  };
}
