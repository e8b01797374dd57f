import { contentHeight, flowCard, type CardContent, type Line } from './card-content.ts';
import { quantised, type CardMetrics } from './card-metrics.ts';
import { squarify } from './squarify.ts';
import { MAX_ZOOM, type Box, type Size } from './viewport.ts';

/** A card to place. `slots`: about how many cells it needs. */
export interface CardRequest {
  readonly key: string;
  readonly lines: readonly Line[];
  readonly slots: number;
}

export interface PackedCards {
  readonly metrics: CardMetrics;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly contents: ReadonlyMap<string, CardContent>;
}

/** The sides of cells to choose from, CSS pixels, ascending: whole where cells are shapes. */
const SIDES: readonly number[] = [
  ...Array.from({ length: 28 }, (_, index) => 0.1 * 1.13 ** index),
  ...Array.from({ length: MAX_ZOOM - 2 }, (_, index) => index + 3),
];
/** How often cards that are too small for their content get more room from the others. */
const ROUNDS = 24;
/** A card that its content fills less than this gives room away. */
const FULL = 0.96;
/** At once it gives away this share of its room at most, as another shape may need more. */
const LEAST_SHRINK = 0.94;

/** Fills the plot (CSS pixels) with the cards, with the largest cells whose cards all have room. */
export function packCards(
  cards: readonly CardRequest[],
  plot: Size,
  metricsFor: (side: number) => CardMetrics,
): PackedCards {
  let low = 0;
  let high = SIDES.length - 1;
  let best: { readonly metrics: CardMetrics; readonly boxes: readonly Box[] } | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const metrics = metricsFor(SIDES[middle] ?? 1);
    const boxes = boxesAt(cards, plot, metrics);
    if (boxes === null) high = middle - 1;
    else {
      best = { metrics, boxes };
      low = middle + 1;
    }
  }
  const metrics = best?.metrics ?? metricsFor(SIDES[0] ?? 1);
  const boxes =
    best?.boxes ??
    squarify(
      cards.map(({ slots }) => leastArea(slots, metrics)),
      worldOf(plot, metrics),
    );
  const placed = cards.map((card, index) => [card, boxes[index] ?? { x: 0, y: 0, width: 1, height: 1 }] as const);
  return {
    metrics,
    boxes: new Map(placed.map(([{ key }, box]) => [key, box])),
    contents: new Map(
      placed.map(([{ key, lines }, box]) => [key, flowCard(lines, box.width - 2 * metrics.pad, metrics, null)]),
    ),
  };
}

/** A box for each card; null where some have no room. */
function boxesAt(cards: readonly CardRequest[], plot: Size, metrics: CardMetrics): readonly Box[] | null {
  const { quantum, pad, head } = metrics;
  const world = worldOf(plot, metrics);
  const room = world.width * world.height;
  let weights = cards.map(({ slots }) => leastArea(slots, metrics));
  if (weights.reduce((sum, weight) => sum + weight, 0) > room) return null;
  for (let round = 0; round < ROUNDS; round++) {
    const boxes = squarify(weights, world).map((box) => snapped(box, quantum));
    let fits = true;
    let wantedArea = 0;
    const next = cards.map(({ lines }, index) => {
      const box = boxes[index];
      const weight = weights[index] ?? 0;
      if (box === undefined) return weight;
      const isNarrow = box.width < 1 + 2 * pad;
      const wanted = contentHeight(lines, Math.max(1, box.width - 2 * pad), metrics) + head + 2 * pad;
      wantedArea += Math.max(quantum, box.width) * wanted;
      if (!isNarrow && wanted <= box.height)
        return wanted < box.height * FULL ? weight * Math.max(LEAST_SHRINK, wanted / box.height / FULL) : weight;
      fits = false;
      return weight * Math.min(2, Math.max(1.02, isNarrow ? 1.5 : wanted / Math.max(quantum, box.height)));
    });
    if (fits) return boxes;
    // Where the cards need more than there is in each of their shapes of now, another round will not help.
    if (round >= 2 && wantedArea > room * 1.02) return null;
    weights = next;
  }
  return null;
}

function worldOf({ width, height }: Size, { side, quantum }: CardMetrics): Box {
  return { x: 0, y: 0, width: quantised(width / side, quantum), height: quantised(height / side, quantum) };
}

/** The area that a card needs at least: its cells in a square, with its head and padding. */
function leastArea(slots: number, { pad, head }: CardMetrics): number {
  const width = Math.ceil(Math.sqrt(Math.max(1, slots)));
  return (width + 2 * pad) * (Math.max(1, slots) / width + head + 2 * pad);
}

function snapped({ x, y, width, height }: Box, quantum: number): Box {
  const round = (at: number) => Math.round(at / quantum) * quantum;
  const [left, top] = [round(x), round(y)];
  return { x: left, y: top, width: round(x + width) - left, height: round(y + height) - top };
}
