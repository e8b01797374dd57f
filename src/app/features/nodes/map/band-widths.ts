/** The width of each template's band, in cells, and the number of empty rows between two groups. */
export interface BandWidths {
  readonly cols: ReadonlyMap<string | null, number>;
  readonly gap: 0 | 1;
}

/** A group's lines, each with the cells that it needs per template. */
type Lines = readonly ReadonlyMap<string | null, number>[];

/** Groups are separated by a line instead of an empty row if that makes cells larger by more than this factor. */
const GAP_WORTH = 1.25;
/** The factor between two candidate widths. */
const STEP = 1.08;
/** The share of the plot's width to fill; the rest stays free around the map. */
const FILLED = 0.96;
/** Cells larger than this share of the plot's height leave room for empty rows. */
const LARGE = 1 / 30;

/**
 * The widths that give the largest cells in a map of this aspect (width over height). There are no empty rows if many groups
 * are only a row or two high, where they would halve the cells.
 */
export function computeBandWidths(groups: readonly Lines[], aspect: number): BandWidths {
  const room = new Map<string | null, number>();
  const widest = new Map<string | null, number>();
  for (const line of groups.flat()) {
    for (const [templateId, cells] of line) {
      room.set(templateId, (room.get(templateId) ?? 0) + cells);
      widest.set(templateId, Math.max(widest.get(templateId) ?? 1, cells));
    }
  }
  const all = [...room.values()].reduce((sum, cells) => sum + cells, 0);
  if (all === 0) return { cols: new Map(), gap: 1 };
  const least = leastCols(all, aspect);
  const colsAt = (width: number) =>
    new Map(
      [...room].map(([id, cells]) => [
        id,
        Math.max(least, Math.min(widest.get(id) ?? 1, Math.round((width * cells) / all))),
      ]),
    );
  const [parted, close] = ([1, 0] as const).map((gap) => {
    let best = { cols: colsAt(1), side: 0 };
    for (let width = 1; width < all * STEP; width = Math.max(width + 1, width * STEP)) {
      const cols = colsAt(width);
      const side = sideOf(cols, groups, { gap, aspect });
      if (side > best.side) best = { cols, side };
    }
    const cols = trimmed(best.cols, least, (tried) => heightOf(tried, groups, gap));
    const filled = spread(cols, Math.floor(aspect * heightOf(cols, groups, gap) * FILLED));
    return { cols: filled, gap, side: sideOf(filled, groups, { gap, aspect }) };
  });
  if (parted === undefined || close === undefined) return { cols: colsAt(1), gap: 1 };
  return parted.side < LARGE && close.side > parted.side * GAP_WORTH ? close : parted;
}

/** The narrowest band that has room for its template's name: fewer cells are larger; a tall map has less room. */
function leastCols(cells: number, aspect: number): number {
  return aspect < 1 ? 4 : Math.max(2, Math.min(6, Math.ceil(Math.sqrt(cells) / 4)));
}

/** A cell's side, as a share of the plot's height. */
function sideOf(
  cols: BandWidths['cols'],
  groups: readonly Lines[],
  { gap, aspect }: { readonly gap: 0 | 1; readonly aspect: number },
): number {
  const width = [...cols.values()].reduce((sum, each) => sum + each + 1, -1);
  return Math.min(aspect / width, 1 / heightOf(cols, groups, gap));
}

function heightOf(cols: BandWidths['cols'], groups: readonly Lines[], gap: 0 | 1): number {
  let height = -gap;
  for (const lines of groups) {
    height += gap;
    for (const line of lines) {
      let rows = 0;
      for (const [templateId, cells] of line) rows = Math.max(rows, Math.ceil(cells / (cols.get(templateId) ?? 1)));
      height += rows;
    }
  }
  return Math.max(1, height);
}

/** Narrows each band as far as possible without making the map higher. */
function trimmed(
  cols: BandWidths['cols'],
  least: number,
  height: (cols: BandWidths['cols']) => number,
): BandWidths['cols'] {
  const most = height(cols);
  let narrow = cols;
  for (const [templateId, wide] of cols) {
    let low = least - 1;
    let high = wide;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (height(new Map(narrow).set(templateId, middle)) <= most) high = middle;
      else low = middle;
    }
    narrow = new Map(narrow).set(templateId, high);
  }
  return narrow;
}

/** Distributes the spare width, so that a line can grow within its row before anything has to move. */
function spread(cols: BandWidths['cols'], width: number): BandWidths['cols'] {
  const used = [...cols.values()].reduce((sum, each) => sum + each, 0);
  const spare = Math.max(0, width - used - (cols.size - 1));
  return new Map([...cols].map(([templateId, each]) => [templateId, each + Math.floor((spare * each) / used)]));
}
