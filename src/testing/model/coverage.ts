import type { NetworkFault } from './network-faults.ts';

/** Counts of what the generated sequences exercised, printed at the end so that a reader can judge the coverage. */
export interface Coverage {
  histories: number;
  steps: number;
  writes: number;
  readonly faults: Map<string, number>;
  readonly results: Map<string, number>;
  readonly windows: Map<string, number>;
  countFault(on: string, fault: NetworkFault): void;
  /** Counts a race that Ray's API leaves open and that a sequence hit. */
  countRaceWindow(name: string): void;
  countResult(name: string): void;
  /** Counts a command by its kind. */
  countStep(name: string): void;
  text(): string;
  /** The counts of `text()` as numbers, for the bench. */
  counts(): Readonly<Record<string, number | Readonly<Record<string, number>>>>;
}

export function createCoverage(): Coverage {
  const faults = new Map<string, number>();
  const results = new Map<string, number>();
  const windows = new Map<string, number>();
  const steps = new Map<string, number>();
  const increment = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1);
  const list = (map: Map<string, number>) =>
    [...map]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name} ${String(count)}`)
      .join(', ') || 'none';
  return {
    histories: 0,
    steps: 0,
    writes: 0,
    faults,
    results,
    windows,
    countFault: (on, { failure, requestDelay, replyDelay }) =>
      increment(
        faults,
        `${on} ${failure === 'no' ? (requestDelay > 5 ? 'arrives late' : replyDelay > 5 ? 'answered late' : 'in time') : failure}`,
      ),
    countRaceWindow: (name) => increment(windows, name),
    countResult: (name) => increment(results, name),
    countStep(name) {
      this.steps += 1;
      increment(steps, name);
    },
    counts() {
      const { histories, steps: all, writes } = this;
      const countOfResult = (name: string) =>
        [...results].filter(([result]) => result.startsWith(name)).reduce((sum, [, count]) => sum + count, 0);
      const sums = {
        conflicts: countOfResult('conflict'),
        shortages: countOfResult('shortage'),
        unknown: countOfResult('unknown') + countOfResult('cannot-be-known'),
      };
      return {
        histories,
        steps: all,
        writes,
        ...sums,
        results: Object.fromEntries(results),
        windows: Object.fromEntries(windows),
        faults: Object.fromEntries(faults),
        did: Object.fromEntries(steps),
      };
    },
    text() {
      return [
        `${String(this.histories)} histories, ${String(this.steps)} steps, ${String(this.writes)} writes to Ray`,
        `commands: ${list(steps)}`,
        `faults: ${list(faults)}`,
        `results of changes: ${list(results)}`,
        `races that Ray leaves open: ${list(windows)}`,
      ].join('\n');
    },
  };
}
