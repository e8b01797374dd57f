/** What is to happen at a time of the simulated world, soonest first; at the same time, in the order it was planned. */
export class EventQueue {
  readonly #heap: { readonly at: number; readonly order: number; readonly run: () => void }[] = [];
  #planned = 0;

  /** Milliseconds since 1970. */
  schedule(at: number, run: () => void): void {
    this.#planned += 1;
    this.#heap.push({ at, order: this.#planned, run });
    this.#rise(this.#heap.length - 1);
  }

  /** When the next thing is to happen, milliseconds since 1970; null when nothing is planned. */
  nextAt(): number | null {
    return this.#heap[0]?.at ?? null;
  }

  /** Takes the next thing out; null when nothing is planned. */
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
