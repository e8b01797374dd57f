/** Events of the simulated world by time; those at the same time in the order they were scheduled. */
export class EventQueue {
  readonly #heap: { readonly at: number; readonly order: number; readonly run: () => void }[] = [];
  #scheduled = 0;

  /** Milliseconds since 1970. */
  schedule(at: number, run: () => void): void {
    this.#scheduled += 1;
    this.#heap.push({ at, order: this.#scheduled, run });
    this.#rise(this.#heap.length - 1);
  }

  /** The time of the next event, milliseconds since 1970; null if there is none. */
  nextAt(): number | null {
    return this.#heap[0]?.at ?? null;
  }

  /** Removes and returns the next event; null if there is none. */
  takeNext(): (() => void) | null {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return null;
    if (first !== last) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first.run;
  }

  #isBefore(one: number, other: number): boolean {
    const a = this.#heap[one];
    const b = this.#heap[other];
    if (a === undefined || b === undefined) return a !== undefined;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(one: number, other: number): void {
    const a = this.#heap[one];
    const b = this.#heap[other];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }

  #rise(index: number): void {
    let at = index;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const sooner = this.#isBefore(left + 1, left) ? left + 1 : left;
      if (!this.#isBefore(sooner, at)) return;
      this.#swap(at, sooner);
      at = sooner;
    }
  }
}
