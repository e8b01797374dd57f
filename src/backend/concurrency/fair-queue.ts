/** Runs some tasks at once. Those that wait are taken from each person in turn, so that one with many holds up nobody else. */
export interface FairQueue {
  /** `person`, `all`: refused, as so many of theirs, or of all, are under way. */
  run<T>(person: string, task: () => Promise<T>): Promise<T> | 'person' | 'all';
}

export function createFairQueue(limits: {
  readonly atOnce: number;
  /** How many may run and wait. */
  readonly perPerson: number;
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
    const [person, [start, ...others]] = first;
    waiting.delete(person);
    if (others.length > 0) waiting.set(person, others);
    running += 1;
    start?.();
  }

  function ended(person: string): void {
    running -= 1;
    total -= 1;
    const left = (counts.get(person) ?? 1) - 1;
    if (left === 0) counts.delete(person);
    else counts.set(person, left);
    next();
  }

  return {
    run(person, task) {
      const own = counts.get(person) ?? 0;
      if (own >= limits.perPerson) return 'person';
      if (total >= limits.inAll) return 'all';
      counts.set(person, own + 1);
      total += 1;
      return new Promise<void>((start) => {
        waiting.set(person, [...(waiting.get(person) ?? []), start]);
        next();
      })
        .then(task)
        .finally(() => ended(person));
    },
  };
}
