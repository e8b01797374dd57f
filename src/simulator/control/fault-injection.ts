/** The faults that can be injected into a call. */
export const faultKinds = ['delay', 'loseRequest', 'loseReply', 'cut', 'traceback', 'html', 'stale'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** `*` matches any. */
  readonly method: string;
  /** The exact path, or a prefix if it ends with `*`. The query string is compared only if given. */
  readonly path: string;
  /** How many more calls it affects; null until replaced. */
  readonly times: number | null;
  readonly kind: FaultKind;
  /** The delay of the reply in milliseconds; only for `delay`. */
  readonly ms: number;
}

/** The active faults. The first that matches a call applies and counts down. */
export class ActiveFaults {
  #faults: readonly Fault[] = [];

  list(): readonly Fault[] {
    return this.#faults;
  }

  replace(faults: readonly Fault[]): void {
    this.#faults = faults;
  }

  /** Applies the first matching fault. `path`: with its query string. */
  takeMatching(method: string, path: string): FaultKind | { readonly delay: number } | null {
    const index = this.#faults.findIndex((each) => matches(each, method, path));
    const fault = this.#faults[index];
    if (fault === undefined) return null;
    if (fault.times !== null) {
      const left = { ...fault, times: fault.times - 1 };
      this.#faults = this.#faults.flatMap((each) => (each !== fault ? [each] : left.times > 0 ? [left] : []));
    }
    return fault.kind === 'delay' ? { delay: fault.ms } : fault.kind;
  }
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== '*' && fault.method.toUpperCase() !== method) return false;
  if (fault.path.endsWith('*')) return path.startsWith(fault.path.slice(0, -1));
  return path === fault.path || (!fault.path.includes('?') && path.split('?', 1)[0] === fault.path);
}
