import type { Values } from './sums.ts';

/** The sum of the values of several series, kept up while these come, move and go. A sum with an unknown part is unknown. */
export interface RunningSum {
  add(values: Values): void;
  /** Takes back what was added. */
  remove(values: Values): void;
  isEmpty(): boolean;
  values(): Values;
}

export function createRunningSum(): RunningSum {
  const sum = [0, 0, 0, 0, 0];
  const unknown = [0, 0, 0, 0, 0];
  let count = 0;

  function change(values: Values, sign: 1 | -1): void {
    count += sign;
    for (let i = 0; i < sum.length; i++) {
      const value = values[i] ?? -1;
      if (value < 0) unknown[i] = (unknown[i] ?? 0) + sign;
      else sum[i] = (sum[i] ?? 0) + sign * value;
    }
  }

  const at = (i: number) => ((unknown[i] ?? 0) > 0 ? -1 : (sum[i] ?? 0));
  return {
    add: (values) => change(values, 1),
    remove: (values) => change(values, -1),
    isEmpty: () => count === 0,
    values: () => [at(0), at(1), at(2), at(3), at(4)],
  };
}
