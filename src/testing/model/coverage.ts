import type { NetworkFault } from './network-faults.ts';

/** What the histories were made of, so that a reader sees what was really met. */
export interface Coverage {
  histories: number;
  steps: number;
  writes: number;
  readonly faults: Map<string, number>;
  readonly results: Map<string, number>;
  readonly windows: Map<string, number>;
  countFault(on: string, fate: NetworkFault): void;
  /** One of the openings that Ray leaves, met. */
  countRaceWindow(name: string): void;
  countResult(name: string): void;
  /** Something that somebody did or that happened, by its name. */
  countStep(name: string): void;
  text(): string;
  /** The same as numbers, by their names. */
  counts(): Readonly<Record<string, number | Readonly<Record<string, number>>>>;
}

export function createCoverage(): Coverage {
  const faults = new Map<string, number>();
  const results = new Map<string, number>();
  const windows = new Map<string, number>();
  const steps = new Map<string, number>();
  const more = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1);
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
    countFault: (on, { breaks, before, after }) =>
      more(
        faults,
        `${on} ${breaks === 'no' ? (before > 5 ? 'arrives late' : after > 5 ? 'answered late' : 'in time') : breaks}`,
      ),
    countRaceWindow: (name) => more(windows, name),
    countResult: (name) => more(results, name),
    countStep(name) {
      this.steps += 1;
      more(steps, name);
    },
    counts() {
      const { histories, steps: all, writes } = this;
      const of = (name: string) =>
        [...results].filter(([result]) => result.startsWith(name)).reduce((sum, [, count]) => sum + count, 0);
      const sums = {
        conflicts: of('conflict'),
        shortages: of('shortage'),
        unknown: of('unknown') + of('cannot-be-known'),
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
        `what was done: ${list(steps)}`,
        `faults: ${list(faults)}`,
        `what changes came to: ${list(results)}`,
        `openings that Ray leaves, met: ${list(windows)}`,
      ].join('\n');
    },
  };
}
