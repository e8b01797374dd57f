import { flowCard, type CardContent } from './card-content.ts';
import type { CardMetrics } from './card-metrics.ts';
import { fitColumns, haveRoomInColumns, MAX_IN_COLUMNS } from './fit-columns.ts';
import { fitCards, leastArea, sizesOf, worldOf, type CardRequest, type CardSizes, type Fit } from './fit-cards.ts';
import { squarify } from './squarify.ts';
import { MAX_ZOOM, type Box, type Size } from './viewport.ts';

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
/** How many times the space that is left is shared out again among cards that all have room. */
const SHARING_ROUNDS = 16;
/** How much wider than high cards may be made, all of which are tried: each packs another fleet best. */
const STRETCHES: readonly number[] = Array.from({ length: 17 }, (_, index) => 0.6 * 1.085 ** index);
/** Of more cards than this none is made higher than wide: they are small, and a wide one shows more of its name. */
const MANY_CARDS = 40;
const WIDE: readonly number[] = [1, 1.2, 1.45, 1.75];

/** Few cards may have smaller cells by this factor, where they have fewer flaws then. */
const MIN_SHARE_OF_LARGEST = 0.96;

/** Fills the plot (CSS pixels) with the cards, with the largest cells whose cards all have room. */
export function packCards(
  cards: readonly CardRequest[],
  plot: Size,
  metricsFor: (side: number) => CardMetrics,
): PackedCards {
  const sizesAt = (side: number) => sizesOf(cards, metricsFor(side));
  const { metrics, boxes } =
    (cards.length <= MAX_IN_COLUMNS ? inColumns(cards, plot, sizesAt) : null) ?? asTreemap(cards, plot, sizesAt);
  const placed = cards.map((card, index) => [card, boxes[index] ?? { x: 0, y: 0, width: 1, height: 1 }] as const);
  return {
    metrics,
    boxes: new Map(placed.map(([{ key }, box]) => [key, box])),
    contents: new Map(
      placed.map(([{ key, lines }, box]) => [key, flowCard(lines, box.width - 2 * metrics.pad, metrics, null)]),
    ),
  };
}

interface Packed {
  readonly metrics: CardMetrics;
  readonly boxes: readonly Box[];
}

type SizesAt = (side: number) => CardSizes;

/** The index of the largest side with which the cards have room; null for none. */
function largestSide(haveRoom: (side: number) => boolean): number | null {
  let [low, high] = [0, SIDES.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (haveRoom(SIDES[middle] ?? 1)) low = middle + 1;
    else high = middle - 1;
  }
  return high < 0 ? null : high;
}

/** Few cards in columns: of the ways with nearly the largest cells the one with the fewest flaws. */
function inColumns(cards: readonly CardRequest[], plot: Size, sizesAt: SizesAt): Packed | null {
  const largest = largestSide((side) => haveRoomInColumns(cards, plot, sizesAt(side)));
  if (largest === null) return null;
  const least = (SIDES[largest] ?? 1) * MIN_SHARE_OF_LARGEST;
  let best: (Packed & { readonly flaws: number }) | null = null;
  for (const side of SIDES.slice(0, largest + 1).filter((side) => side >= least)) {
    const sizes = sizesAt(side);
    const fit = fitColumns(cards, plot, sizes);
    if (fit !== null && (best === null || fit.flaws <= best.flaws)) best = { metrics: sizes.metrics, ...fit };
  }
  return best;
}

function asTreemap(cards: readonly CardRequest[], plot: Size, sizesAt: SizesAt): Packed {
  const sizes = sizesAt(SIDES[largestSide((side) => haveRoom(cards, plot, sizesAt(side))) ?? 0] ?? 1);
  const { metrics } = sizes;
  const boxes =
    bestBoxes(cards, plot, sizes) ??
    squarify(
      cards.map(({ slots }) => leastArea(slots, metrics)),
      worldOf(plot, metrics),
    );
  return { metrics, boxes };
}

/** Whether some shape gives all cards room. */
function haveRoom(cards: readonly CardRequest[], plot: Size, sizes: CardSizes): boolean {
  return stretchesFor(cards).some((stretch) => fitCards(cards, plot, sizes, { stretch, sharing: 0 }) !== null);
}

/** The boxes of which none leaves much empty, of all shapes; null where some have no room in any. */
function bestBoxes(cards: readonly CardRequest[], plot: Size, sizes: CardSizes): readonly Box[] | null {
  let best: Fit | null = null;
  for (const stretch of stretchesFor(cards)) {
    const fit = fitCards(cards, plot, sizes, { stretch, sharing: SHARING_ROUNDS });
    if (fit !== null && (best === null || fit.lost < best.lost)) best = fit;
  }
  return best?.boxes ?? null;
}

function stretchesFor({ length }: readonly CardRequest[]): readonly number[] {
  return length > MANY_CARDS ? WIDE : STRETCHES;
}
