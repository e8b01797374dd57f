import { cellKinds, type Band, type CellKind, type StripRow } from './strips.ts';

/** The step from one cell to the next, in CSS pixels: wide where there is room for all beside each other. */
const LEAST_STEP = 11;
const MOST_STEP = 16;
/** Between two cells. */
const GAP = 2;

/** The most cells that are drawn; of a larger fleet each stands for several nodes. */
export const MOST_CELLS = 5_000;

const LABEL_HEIGHT = 20;
const ROW_PADDING = 8;
const BAND_GAP = 16;
/** Room for a count such as `1,234` above the cells. */
const LEAST_COLUMNS = 5;

export interface StripLayout {
  readonly nodesPerCell: number;
  /** A cell's side. */
  readonly cell: number;
  /** A template's band: where its cells begin and how many stand beside each other. `width` holds the gap to the next. */
  readonly bands: readonly { readonly templateId: string; readonly x: number; readonly width: number; readonly columns: number }[];
  readonly rows: readonly { readonly y: number; readonly height: number }[];
  readonly width: number;
  readonly height: number;
}

/**
 * Where everything stands. Bands share `width` (CSS pixels) by how many cells their fullest row has; what doesn't fit
 * beside each other goes on in a further line of its row. Wider than `width` when there are too many templates.
 */
export function layOutStrips(rows: readonly StripRow[], templateIds: readonly string[], width: number): StripLayout {
  const all = rows.reduce((sum, { bands }) => sum + bands.reduce((of, band) => of + nodesIn(band), 0), 0);
  const nodesPerCell = Math.max(1, Math.ceil(all / MOST_CELLS));
  const fullest = templateIds.map((templateId) => Math.max(LEAST_COLUMNS, ...rows.map((row) => cellCount(bandOf(row, templateId), nodesPerCell))));
  const wanted = fullest.reduce((sum, columns) => sum + columns, 0);
  const free = Math.max(0, width - BAND_GAP * templateIds.length);
  const step = Math.max(LEAST_STEP, Math.min(MOST_STEP, Math.floor(free / Math.max(1, wanted))));
  const room = Math.floor(free / step);
  const columns = wanted <= room ? fullest : shared(fullest, room);
  let x = 0;
  const bands = templateIds.map((templateId, index) => {
    const count = columns[index] ?? LEAST_COLUMNS;
    const band = { templateId, x, width: count * step + BAND_GAP, columns: count };
    x += band.width;
    return band;
  });
  let y = 0;
  const places = rows.map((row) => {
    const lines = Math.max(1, ...bands.map(({ templateId, columns: count }) => Math.ceil(cellCount(bandOf(row, templateId), nodesPerCell) / count)));
    const place = { y, height: LABEL_HEIGHT + lines * step + ROW_PADDING };
    y += place.height;
    return place;
  });
  return { nodesPerCell, cell: step - GAP, bands, rows: places, width: x, height: y };
}

/** Shares the columns out in proportion, none less than the least. */
function shared(fullest: readonly number[], room: number): readonly number[] {
  const spare = Math.max(0, room - LEAST_COLUMNS * fullest.length);
  const over = fullest.reduce((sum, columns) => sum + columns - LEAST_COLUMNS, 0);
  return fullest.map((columns) => LEAST_COLUMNS + Math.floor(over === 0 ? 0 : ((columns - LEAST_COLUMNS) / over) * spare));
}

export interface Cell {
  readonly kind: CellKind;
  /** From the band's first cell, CSS pixels. */
  readonly x: number;
  readonly y: number;
}

/** A band's cells. A kind that is there at all has a cell, however many nodes each stands for: one dead node is seen. */
export function cellsOf({ counts }: Band, columns: number, { nodesPerCell, cell }: Pick<StripLayout, 'nodesPerCell' | 'cell'>): readonly Cell[] {
  if (counts === null) return [];
  const step = cell + GAP;
  return cellKinds
    .flatMap((kind) => Array.from({ length: Math.ceil(counts[kind] / nodesPerCell) }, () => kind))
    .map((kind, index) => ({ kind, x: (index % columns) * step, y: LABEL_HEIGHT + Math.floor(index / columns) * step }));
}

export function bandOf(row: StripRow, templateId: string): Band | null {
  return row.bands.find((band) => band.templateId === templateId) ?? null;
}

function nodesIn({ counts }: Band): number {
  return counts === null ? 0 : cellKinds.reduce((sum, kind) => sum + counts[kind], 0);
}

function cellCount(band: Band | null, nodesPerCell: number): number {
  const counts = band?.counts ?? null;
  return counts === null ? 0 : cellKinds.reduce((sum, kind) => sum + Math.ceil(counts[kind] / nodesPerCell), 0);
}
