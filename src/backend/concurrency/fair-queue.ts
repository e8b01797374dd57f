/** Runs some tasks at once. Those that wait are taken from each owner in turn, so that one with many holds up nobody else. */
export interface FairQueue {
  /** `owner`, `all`: refused, as so many of theirs, or of all, are under way. */
  run<T>(owner: string, task: () => Promise<T>): Promise<T> | 'owner' | 'all';
}

export function createFairQueue(limits: {
  readonly atOnce: number;
  /** How many may run and wait. */
  readonly perOwner: number;
  readonly inAll: number;
}): FairQueue {
  /** Who waits for longest since their last turn stands first. */
  const waiting = new Map<string, (() => void)[]>();
  const counts = new Map<string, number>();
  let running = 0;
  let total = 0;

  function next(): void {
    const [first] = waiting;
    if (first === undefined || running >= limits.atOnce) return;
    const [owner, [start, ...others]] = first;
    waiting.delete(owner);
    if (others.length > 0) waiting.set(owner, others);
    running += 1;
    start?.();
  }

  function ended(owner: string): void {
    running -= 1;
    total -= 1;
    const left = (counts.get(owner) ?? 1) - 1;
    if (left === 0) counts.delete(owner);
    else counts.set(owner, left);
    next();
  }

  return {
    run(owner, task) {
      const own = counts.get(owner) ?? 0;
      if (own >= limits.perOwner) return 'owner';
      if (total >= limits.inAll) return 'all';
      counts.set(owner, own + 1);
      total += 1;
      return new Promise<void>((start) => {
        waiting.set(owner, [...(waiting.get(owner) ?? []), start]);
        next();
      })
        .then(task)
        .finally(() => ended(owner));
    },
  };
}
