import type { CardMetrics } from './card-metrics.ts';
import type { Block, LineMemory } from './layout.ts';
import type { Section } from './map-model.ts';
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

/** How many rows the blocks of small sections may have; whichever gives the lowest content is taken. */
const ROWS_TO_TRY = [1, 2, 3, 4, 5, 6, 8, 11] as const;
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

/** The height of the content that `flowCard` makes afresh. */
export function contentHeight(lines: readonly Line[], width: number, metrics: CardMetrics): number {
  return flow(lines, width, metrics, { before: null, sink: null });
}

function flow(
  lines: readonly Line[],
  width: number,
  { gap, jobHead, side }: CardMetrics,
  { before, sink }: { readonly before: ReadonlyMap<string, LineMemory> | null; readonly sink: Sink | null },
): number {
  let [y, bottom, shelfX, shelfHeight] = [0, 0, 0, 0];
  for (const line of lines) {
    const was = before?.get(line.key) ?? null;
    if (line.jobClusterId === null) {
      bottom = y + flowLine(line, width, gap, { was, sink, x: 0, y });
      y = bottom > y ? bottom + gap : y;
      continue;
    }
    const slots = line.places.reduce((sum, { size }) => sum + size, 0);
    const natural = Math.max(Math.ceil(JOB_WIDTH_PX / side), slots + (line.places.length - 1) * gap) + 2 * gap;
    const boxWidth = natural <= width / 2 ? natural : width;
    if (shelfX > 0 && shelfX + boxWidth > width) {
      y += shelfHeight + gap;
      [shelfX, shelfHeight] = [0, 0];
    }
    const inner = Math.max(1, boxWidth - 2 * gap);
    const height = jobHead + flowLine(line, inner, gap, { was, sink, x: shelfX + gap, y: y + jobHead }) + gap;
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

/** Flows a line's blocks; its height. */
function flowLine(line: Line, width: number, gap: number, { was, sink, x, y }: LinePlace): number {
  const places =
    was === null
      ? line.places
      : packStably(
          was.places,
          line.sections.map(({ key, slots }) => ({ key, minSize: slots, size: roomFor(slots) })),
        );
  const columns = Math.max(1, Math.floor(width));
  let rows = was?.rows ?? 1;
  let height = placeBlocks(places, columns, gap, rows, null);
  for (const each of was === null ? ROWS_TO_TRY : []) {
    const now = placeBlocks(places, columns, gap, each, null);
    if (now < height) [rows, height] = [each, now];
  }
  if (sink !== null) {
    sink.memory.set(line.key, { rows, places });
    placeBlocks(places, columns, gap, rows, (block) => sink.blocks.push({ ...block, x: block.x + x, y: block.y + y }));
  }
  return height;
}

/** Places blocks of so many rows side by side; a section that is wider than the line gets rows of its own. */
function placeBlocks(
  places: readonly PackedSlot[],
  width: number,
  gap: number,
  rows: number,
  put: ((block: Block) => void) | null,
): number {
  let [x, y, height, bottom] = [0, 0, 0, 0];
  for (const { key, size } of places) {
    const cols = Math.min(width, Math.max(1, Math.ceil(size / rows)));
    if (x > 0 && x + cols > width) {
      y += height + (height > 1 ? gap : 0);
      [x, height] = [0, 0];
    }
    const own = Math.max(1, Math.ceil(size / cols));
    if (key !== null) put?.({ section: key, x, y, cols, rows: own });
    height = Math.max(height, own);
    bottom = Math.max(bottom, y + own);
    x += cols + gap;
  }
  return bottom;
}

/** The slots of a section with some to spare in a larger one, so that it can grow without moving the next one. */
export function roomFor(slots: number): number {
  return slots + (slots < 16 ? 0 : Math.ceil(slots / 12));
}
