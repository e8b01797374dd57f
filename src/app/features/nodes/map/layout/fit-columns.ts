import { quantised } from './card-metrics.ts';
import { flawsOf } from './card-flaws.ts';
import { worldOf, type CardRequest, type CardSizes } from './fit-cards.ts';
import type { Box, Size } from './viewport.ts';

/** Of more cards there are too many ways to make columns: 4,140 of these. */
export const MAX_IN_COLUMNS = 8;
/** A column is at least as wide as this share of an average square: a row of high, narrow cards is hard to read. */
const NARROWEST = 0.5;
/** On a small map a card's name and numbers need this (CSS pixels), or so much of an average square. */
const READABLE_PX = 120;
const READABLE = 0.6;
/** Widths are tried in steps of this many cells. */
const WIDTH_STEP = 0.25;

/** The cards of a column by their index, ascending, and the least width with which they are no higher than the map. */
interface Column {
  readonly cards: readonly number[];
  readonly width: number;
}

/** The cards' boxes, and what is wrong with them (see `flawsOf`). */
interface ColumnFit {
  readonly boxes: readonly Box[];
  readonly flaws: number;
}

/**
 * Few cards stacked in columns as wide as their content needs, in the way with the fewest flaws: what is left over goes
 * to all alike. Null where no way has room.
 */
export function fitColumns(cards: readonly CardRequest[], plot: Size, sizes: CardSizes): ColumnFit | null {
  const world = worldOf(plot, sizes.metrics);
  const columns = columnsFor(cards.length, world, sizes);
  let best: ColumnFit | null = null;
  for (const way of waysOf(cards.length, world.width, columns)) {
    const boxes = placed(way, world, sizes);
    const flaws = flawsOf(cards, boxes, sizes.metrics);
    if (best === null || flaws < best.flaws) best = { boxes, flaws };
  }
  return best;
}

/** Whether the cards have room in columns: the first way found is enough. */
export function haveRoomInColumns(cards: readonly CardRequest[], plot: Size, sizes: CardSizes): boolean {
  const world = worldOf(plot, sizes.metrics);
  return waysOf(cards.length, world.width, columnsFor(cards.length, world, sizes)).next().done !== true;
}

/** The column of some cards, each of which is made once; null where they are higher than the map at any width. */
type ColumnOf = (cards: readonly number[]) => Column | null;

function columnsFor(count: number, world: Size, sizes: CardSizes): ColumnOf {
  const made = new Map<string, Column | null>();
  const least = leastWidthOf(count, world, sizes);
  const step = Math.max(sizes.metrics.quantum, WIDTH_STEP);
  const columnOf = (cards: readonly number[]): Column | null => {
    for (let width = least; width <= world.width; width += step)
      if (heightOf(cards, width, sizes) <= world.height) return { cards, width };
    return null;
  };
  return (cards) => {
    const key = cards.join();
    const known = made.get(key);
    if (known !== undefined) return known;
    const column = columnOf(cards);
    made.set(key, column);
    return column;
  };
}

function leastWidthOf(count: number, world: Size, { metrics }: CardSizes): number {
  const { side, quantum, pad, leastWidth } = metrics;
  const usual = Math.sqrt((world.width * world.height) / Math.max(1, count));
  const readable = Math.max(NARROWEST * usual, Math.min(READABLE * usual, READABLE_PX / side));
  return Math.min(world.width, Math.ceil(Math.max(1 + 2 * pad, leastWidth, readable) / quantum) * quantum);
}

/** Every way to divide the cards among columns that are together no wider than the map; a column begins with its first card. */
function* waysOf(count: number, width: number, columnOf: ColumnOf): Generator<readonly Column[], void> {
  function* from(card: number, columns: readonly Column[], left: number): Generator<readonly Column[], void> {
    if (left < 0) return;
    if (card === count) {
      yield columns;
      return;
    }
    for (const [at, before] of columns.entries()) {
      const column = columnOf([...before.cards, card]);
      if (column !== null) yield* from(card + 1, columns.with(at, column), left + before.width - column.width);
    }
    const alone = columnOf([card]);
    if (alone !== null) yield* from(card + 1, [...columns, alone], left - alone.width);
  }
  yield* from(0, [], width);
}

/** The boxes of a way's cards, by index: what a column leaves goes to its cards, and what the columns leave to these. */
function placed(columns: readonly Column[], world: Size, sizes: CardSizes): readonly Box[] {
  const { quantum } = sizes.metrics;
  const boxes: Box[] = [];
  const widths = shared(
    columns.map(({ width }) => width),
    world.width,
    quantum,
  );
  let x = 0;
  for (const [at, { cards }] of columns.entries()) {
    const width = widths[at] ?? 0;
    const heights = shared(
      cards.map((card) => heightOf([card], width, sizes)),
      world.height,
      quantum,
    );
    let y = 0;
    for (const [place, card] of cards.entries()) {
      const height = heights[place] ?? 0;
      boxes[card] = { x, y, width, height };
      y += height;
    }
    x += width;
  }
  return boxes;
}

/** The lengths with what they leave of the whole, the same for each up to a step of the grid. */
function shared(lengths: readonly number[], whole: number, quantum: number): readonly number[] {
  let left = whole - lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map((length, at) => {
    const more = at === lengths.length - 1 ? left : quantised(left / (lengths.length - at), quantum);
    left -= more;
    return length + more;
  });
}

/** The height of cards above each other at a width, on the grid. */
function heightOf(cards: readonly number[], width: number, { metrics: { quantum }, heightAt }: CardSizes): number {
  return cards.reduce((sum, card) => sum + Math.ceil(heightAt(card, width) / quantum - 1e-9) * quantum, 0);
}
