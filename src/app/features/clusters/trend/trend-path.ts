/** A step that is not known leaves a gap: it is neither zero nor what was before. */
type Values = readonly (number | null)[];

/** The outline of stepped values in a box of `width` × `height`, `most` at its top; `isFilled`: down to its bottom. */
export function trendPath(
  values: Values,
  box: { readonly width: number; readonly height: number; readonly most: number; readonly isFilled: boolean },
): string {
  const step = box.width / Math.max(1, values.length);
  const at = (index: number) => rounded(index * step);
  const up = (value: number) => rounded(box.height - (Math.min(value, box.most) / Math.max(1, box.most)) * box.height);
  return runsOf(values)
    .map(({ from, run }) => {
      const steps = run.map((value, index) => `V${up(value)}H${at(from + index + 1)}`).join('');
      return box.isFilled
        ? `M${at(from)} ${rounded(box.height)}${steps}V${rounded(box.height)}Z`
        : `M${at(from)} ${up(run[0] ?? 0)}${steps}`;
    })
    .join('');
}

/** The known values in a row, each run with its first index. */
function runsOf(values: Values): readonly { readonly from: number; readonly run: readonly number[] }[] {
  const runs: { readonly from: number; readonly run: number[] }[] = [];
  let open: number[] | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      runs.push({ from: index, run: open });
    }
    open.push(value);
  }
  return runs;
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
