/** A step on the canvas. */
export interface Step {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/**
 * Steps without a hole between them, run by run: value i lasts from time i to time i + 1, and null is a hole. The last time
 * has no value of its own.
 */
export function stepRuns(
  times: ArrayLike<number>,
  values: ArrayLike<number | null | undefined>,
  { from, to }: { readonly from: number; readonly to: number },
  place: (time: number, value: number) => { readonly x: number; readonly y: number },
): readonly (readonly Step[])[] {
  const runs: Step[][] = [];
  let run: Step[] | null = null;
  for (let at = from; at <= Math.min(to, times.length - 2); at += 1) {
    const value = values[at];
    if (value === null || value === undefined) {
      run = null;
      continue;
    }
    const { x: left, y: top } = place(times[at] ?? 0, value);
    const right = place(times[at + 1] ?? 0, value).x;
    if (run === null) runs.push((run = []));
    run.push({ left, right, top });
  }
  return runs;
}
