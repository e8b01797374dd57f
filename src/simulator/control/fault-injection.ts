/** What can be made to go wrong with a call. */
export const faultKinds = ['delay', 'loseRequest', 'loseReply', 'cut', 'traceback', 'html', 'stale'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** `*`: any. */
  readonly method: string;
  /** Exactly this path, or with a `*` at its end whatever starts so. The query string counts only where it is given. */
  readonly path: string;
  /** For how many calls more; null: until replaced. */
  readonly times: number | null;
  readonly kind: FaultKind;
  /** How late the answer is, milliseconds: of `delay` only. */
  readonly ms: number;
}

/** The faults in force. The first that matches a call counts, and counts down. */
export class ActiveFaults {
  #faults: readonly Fault[] = [];

  list(): readonly Fault[] {
    return this.#faults;
  }

  replace(faults: readonly Fault[]): void {
    this.#faults = faults;
  }

  /** `path` with its query string. */
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
