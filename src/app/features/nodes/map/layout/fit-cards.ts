import { contentHeight, type Line } from './card-content.ts';
import { quantised, type CardMetrics } from './card-metrics.ts';
import { squarify } from './squarify.ts';
import type { Box, Size } from './viewport.ts';

/** A card to place. `slots`: about how many cells it needs. */
export interface CardRequest {
  readonly key: string;
  readonly lines: readonly Line[];
  readonly slots: number;
}

/** How often cards that are too small for their content get more room from the others. */
const ROUNDS = 24;
/** A card that its content fills less than this gives room away. */
const FULL = 0.96;
/** At once it gives away this share of its room at most, as another shape may need more. */
const MIN_SHRINK = 0.94;
/** A card narrower than this share of an average square shows little of its name. */
const NARROW = 0.8;
/** The penalty where all cards are narrow, in multiples of the room lost. */
const NARROW_COST = 20;

/** Boxes in which all cards have room. `lost`: the largest area that one of them leaves empty, and more where cards are narrow. */
export interface Fit {
  readonly boxes: readonly Box[];
  readonly lost: number;
}

/** How a treemap is made. `sharing`: in how many rounds cards that all have room share what is left. */
interface Attempt {
  readonly stretch: number;
  readonly sharing: number;
}

/** The sizes of cards at one size of cells. */
export interface CardSizes {
  readonly metrics: CardMetrics;
  /** The least height of a card in cells, by its index and its width. */
  readonly heightAt: (index: number, width: number) => number;
}

/** Caches each height: attempts differ in the boxes of a few cards. */
export function sizesOf(cards: readonly CardRequest[], metrics: CardMetrics): CardSizes {
  const { head, pad } = metrics;
  const cache = cards.map(() => new Map<number, number>());
  return {
    metrics,
    heightAt(index, width) {
      let height = cache[index]?.get(width);
      if (height === undefined) {
        height = contentHeight(cards[index]?.lines ?? [], Math.max(1, width - 2 * pad), metrics) + head + 2 * pad;
        cache[index]?.set(width, height);
      }
      return height;
    },
  };
}

/** A treemap in which each card has room for its content; null where that is not found. */
export function fitCards(cards: readonly CardRequest[], plot: Size, sizes: CardSizes, attempt: Attempt): Fit | null {
  const { metrics } = sizes;
  const world = worldOf(plot, metrics);
  const room = world.width * world.height;
  let weights = cards.map(({ slots }) => leastArea(slots, metrics));
  if (weights.reduce((sum, weight) => sum + weight, 0) > room) return null;
  for (let round = 0; round < ROUNDS; round++) {
    const tried = tryWeights(cards, weights, { world, sizes, stretch: attempt.stretch });
    if (tried.fits) return shared(cards, { weights, tried }, { world, sizes, attempt });
    // Where the cards need more than there is in each of their shapes of now, another round will not help.
    if (round >= 2 && tried.wantedArea > room * 1.02) return null;
    weights = weights.map((weight, index) => {
      const { height } = tried.boxes[index] ?? world;
      const wanted = tried.wanted[index] ?? NOTHING;
      const more = moreFor(wanted, height, metrics);
      if (more > 1) return weight * more;
      return wanted.high < height * FULL ? weight * Math.max(MIN_SHRINK, wanted.high / height / FULL) : weight;
    });
  }
  return null;
}

/** The height that a card needs at its width, or that it is too narrow for anything. */
interface Wanted {
  readonly high: number;
  readonly isNarrow: boolean;
}

const NOTHING: Wanted = { high: 0, isNarrow: false };

interface Tried {
  readonly boxes: readonly Box[];
  readonly fits: boolean;
  readonly lost: number;
  readonly wanted: readonly Wanted[];
  readonly wantedArea: number;
}

interface TryParts {
  readonly world: Box;
  readonly sizes: CardSizes;
}

function tryWeights(
  cards: readonly CardRequest[],
  weights: readonly number[],
  { world, sizes, stretch }: TryParts & { readonly stretch: number },
): Tried {
  const { quantum, pad, head, leastWidth } = sizes.metrics;
  const boxes = squarifyStretched(weights, world, stretch).map((box) => snapped(box, quantum));
  const usual = Math.sqrt((world.width * world.height) / cards.length);
  let [fits, wantedArea, lost, narrow] = [true, 0, 0, 0];
  const wanted = cards.map(({ slots }, index) => {
    const { width, height } = boxes[index] ?? world;
    const high = sizes.heightAt(index, width);
    const isNarrow = width < 1 + 2 * pad;
    wantedArea += Math.max(quantum, width) * high;
    if (isNarrow || high > height || width < leastWidth) fits = false;
    lost = Math.max(lost, width * (height - head) - slots);
    if (width < usual * NARROW) narrow += 1;
    return { high, isNarrow };
  });
  return { boxes, fits, lost: lost * (1 + (NARROW_COST * narrow) / cards.length), wanted, wantedArea };
}

/** What is left over goes to all alike: small cards need it for their names, in a large one it would be a hole. */
function shared(
  cards: readonly CardRequest[],
  first: { readonly weights: readonly number[]; readonly tried: Tried },
  { world, sizes, attempt: { stretch, sharing } }: TryParts & { readonly attempt: Attempt },
): Fit {
  const { metrics } = sizes;
  const { quantum } = metrics;
  const room = world.width * world.height;
  let best = first.tried;
  let { weights, tried } = first;
  for (let round = 0; round < sharing; round++) {
    // One step of the grid more, as a box may be rounded to less than its share.
    const needs = tried.wanted.map(
      ({ high }, index) => Math.max(quantum, tried.boxes[index]?.width ?? 0) * (high + quantum),
    );
    const share = Math.max(0, room - needs.reduce((sum, need) => sum + need, 0)) / cards.length;
    weights = weights.map((weight, index) => {
      const more = moreFor(tried.wanted[index] ?? NOTHING, tried.boxes[index]?.height ?? 0, metrics);
      return more > 1 ? weight * more : (weight + (needs[index] ?? 0) + share) / 2;
    });
    tried = tryWeights(cards, weights, { world, sizes, stretch });
    if (tried.fits && tried.lost < best.lost) best = tried;
  }
  return best;
}

/** How many times as much room a card needs; 1 for one whose room suffices. */
function moreFor({ high, isNarrow }: Wanted, height: number, { quantum }: CardMetrics): number {
  if (!isNarrow && high <= height) return 1;
  return Math.min(2, Math.max(1.02, isNarrow ? 1.5 : high / Math.max(quantum, height)));
}

/** A treemap whose boxes are `stretch` times as wide as those of `squarify`, compared to their height. */
function squarifyStretched(weights: readonly number[], world: Box, stretch: number): readonly Box[] {
  return squarify(weights, { ...world, width: world.width / stretch }).map((box) => ({
    ...box,
    x: box.x * stretch,
    width: box.width * stretch,
  }));
}

/** The room for the cards in cells. */
export function worldOf({ width, height }: Size, { side, quantum }: CardMetrics): Box {
  return { x: 0, y: 0, width: quantised(width / side, quantum), height: quantised(height / side, quantum) };
}

/** The area that a card needs at least: its cells in a square, with its head and padding. */
export function leastArea(slots: number, { pad, head }: CardMetrics): number {
  const width = Math.ceil(Math.sqrt(Math.max(1, slots)));
  return (width + 2 * pad) * (Math.max(1, slots) / width + head + 2 * pad);
}

function snapped({ x, y, width, height }: Box, quantum: number): Box {
  const round = (at: number) => Math.round(at / quantum) * quantum;
  const [left, top] = [round(x), round(y)];
  return { x: left, y: top, width: round(x + width) - left, height: round(y + height) - top };
}
