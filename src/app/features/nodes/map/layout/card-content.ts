import type { CardMetrics } from './card-metrics.ts';
import type { Block, LineMemory } from './layout.ts';
import type { Section } from './map-model.ts';
import { columnsOf, shelvesFor, type Shelf, type ShelfRoom } from './shelves.ts';
import { packStably, type PackedSlot } from './stable-packing.ts';

/** One holder's sections: a virtual cluster's own nodes, those of one of its job clusters, or the free pool's. */
export interface Line {
  readonly key: string;
  readonly jobClusterId: string | null;
  readonly sections: readonly Section[];
  /** The sections in order, with some room to spare. */
  readonly places: readonly PackedSlot[];
}

interface JobPlace {
  readonly jobClusterId: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A card's content, relative to its own top left corner below the card's head. */
export interface CardContent {
  readonly height: number;
  readonly blocks: readonly Block[];
  readonly jobs: readonly JobPlace[];
  readonly memory: ReadonlyMap<string, LineMemory>;
}

/** Receives what a flow places; without one, only its height is computed. */
interface Sink {
  readonly blocks: Block[];
  readonly jobs: JobPlace[];
  readonly memory: Map<string, LineMemory>;
}

/** A job box is at least this wide (CSS pixels), for its name. */
const JOB_WIDTH_PX = 84;

export function lineOf(key: string, sections: readonly Section[]): Line {
  return {
    key,
    jobClusterId: sections[0]?.jobClusterId ?? null,
    sections,
    places: sections.map((section) => ({ key: section.key, size: roomFor(section.slots) })),
  };
}

/** Flows the lines into a width in cells: the holder's own nodes first, then a box for each job cluster. */
export function flowCard(
  lines: readonly Line[],
  width: number,
  metrics: CardMetrics,
  before: ReadonlyMap<string, LineMemory> | null,
): CardContent {
  const sink: Sink = { blocks: [], jobs: [], memory: new Map() };
  const height = flow(lines, width, metrics, { before, sink });
  return { height, ...sink };
}

/** The height of the content when `flowCard` lays it out from scratch. */
export function contentHeight(lines: readonly Line[], width: number, metrics: CardMetrics): number {
  return flow(lines, width, metrics, { before: null, sink: null });
}

function flow(
  lines: readonly Line[],
  width: number,
  { gap, jobHead, side, label, least }: CardMetrics,
  { before, sink }: { readonly before: ReadonlyMap<string, LineMemory> | null; readonly sink: Sink | null },
): number {
  let [y, bottom, shelfX, shelfHeight] = [0, 0, 0, 0];
  for (const line of lines) {
    const was = before?.get(line.key) ?? null;
    if (line.jobClusterId === null) {
      bottom = y + flowLine(line, { width: Math.max(1, width), gap, label, least }, { was, sink, x: 0, y });
      y = bottom > y ? bottom + gap : y;
      continue;
    }
    const natural = Math.max(Math.ceil(JOB_WIDTH_PX / side), naturalWidth(line, least, gap)) + 2 * gap;
    const boxWidth = natural <= width / 2 ? natural : width;
    if (shelfX > 0 && shelfX + boxWidth > width) {
      y += shelfHeight + gap;
      [shelfX, shelfHeight] = [0, 0];
    }
    const room = { width: Math.max(1, boxWidth - 2 * gap), gap, label, least };
    const height = jobHead + flowLine(line, room, { was, sink, x: shelfX + gap, y: y + jobHead }) + gap;
    sink?.jobs.push({ jobClusterId: line.jobClusterId, x: shelfX, y, width: boxWidth, height });
    shelfX += boxWidth + gap;
    shelfHeight = Math.max(shelfHeight, height);
    bottom = y + shelfHeight;
  }
  return bottom;
}

interface LinePlace {
  readonly was: LineMemory | null;
  readonly sink: Sink | null;
  readonly x: number;
  readonly y: number;
}

/** The width of a line whose blocks all have one row. */
function naturalWidth({ places }: Line, least: number, gap: number): number {
  return places.reduce((sum, { size }) => sum + Math.max(least, size), (places.length - 1) * gap);
}

/** Flows a line's blocks; its height. */
function flowLine(line: Line, room: ShelfRoom, { was, sink, x, y }: LinePlace): number {
  const shelves = was === null ? shelvesFor(line.places, room) : keptShelves(line, was, room);
  sink?.memory.set(line.key, { shelves });
  let height = 0;
  for (const shelf of shelves) {
    if (height > 0) height += room.gap;
    height += placeShelf(shelf, room, (block) => {
      sink?.blocks.push({ ...block, x: block.x + x, y: block.y + y + height });
    });
  }
  return height;
}

/** The shelves of before with the blocks of now: each stays where it is while its room suffices, and new ones come last. */
function keptShelves(line: Line, was: LineMemory, room: ShelfRoom): readonly Shelf[] {
  const places = packStably(
    was.shelves.flatMap((shelf) => shelf.places),
    line.sections.map(({ key, slots }) => ({ key, minSize: slots, size: roomFor(slots) })),
  );
  let from = 0;
  const kept = was.shelves.map(({ rows, places: { length } }) => {
    from += length;
    return { rows, places: places.slice(from - length, from) };
  });
  return [...kept.filter((shelf) => shelf.places.length > 0), ...shelvesFor(places.slice(from), room)];
}

/** Places a shelf's blocks; its height. One that no longer has room goes below the others. */
function placeShelf({ rows, places }: Shelf, room: ShelfRoom, put: (block: Block) => void): number {
  let [x, y, height] = [0, room.label, 0];
  for (const { key, size } of places) {
    const cols = columnsOf(size, rows, room);
    if (x > 0 && x + cols > room.width) {
      y += height + room.gap + room.label;
      [x, height] = [0, 0];
    }
    const own = Math.max(1, Math.ceil(size / cols));
    if (key !== null) put({ section: key, x, y, cols, rows: own });
    height = Math.max(height, own);
    x += cols + room.gap;
  }
  return y + height;
}

/** The slots of a section with some to spare in a larger one, so that it can grow without moving the next one. */
export function roomFor(slots: number): number {
  return slots + (slots < 16 ? 0 : Math.ceil(slots / 12));
}
