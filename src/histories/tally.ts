import type { Fate } from './fates.ts';

/** What the histories were made of, so that a reader sees what was really met. */
export interface Tally {
  histories: number;
  steps: number;
  writes: number;
  readonly faults: Map<string, number>;
  readonly results: Map<string, number>;
  readonly windows: Map<string, number>;
  fault(on: string, fate: Fate): void;
  /** One of the openings that Ray leaves, met. */
  window(name: string): void;
  result(name: string): void;
  text(): string;
}

export function createTally(): Tally {
  const faults = new Map<string, number>();
  const results = new Map<string, number>();
  const windows = new Map<string, number>();
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
    fault: (on, { breaks, before, after }) => more(faults, `${on} ${breaks === 'no' ? (before > 5 ? 'arrives late' : after > 5 ? 'answered late' : 'in time') : breaks}`),
    window: (name) => more(windows, name),
    result: (name) => more(results, name),
    text() {
      return [
        `${String(this.histories)} histories, ${String(this.steps)} steps, ${String(this.writes)} writes to Ray`,
        `faults: ${list(faults)}`,
        `what changes came to: ${list(results)}`,
        `openings that Ray leaves, met: ${list(windows)}`,
      ].join('\n');
    },
  };
}
