/** The lengths of a card's parts, in cells of one size: multiples of `quantum`, a negative power of two. */
export interface CardMetrics {
  /** The side of the cells that they are meant for, CSS pixels. */
  readonly side: number;
  readonly quantum: number;
  /** From a card's edge to its content: half the gap between two cards, the border and a little air. */
  readonly pad: number;
  /** A narrower card would not have room for its name. */
  readonly leastWidth: number;
  /** The height of a card's title and numbers. */
  readonly head: number;
  /** The height of a job box's name; a box of cells too small for it has it painted only once zoomed in. */
  readonly jobHead: number;
  /** Between two templates' blocks, between two job boxes, and from a box's edge to its cells. */
  readonly gap: number;
  /** The height of a template's name above its nodes, and the columns that it needs at least. */
  readonly label: number;
  readonly least: number;
}

const PAD_PX = 8;
/** Room for a name of a dozen letters, or for as much of it as a card of average size can have. */
const MIN_WIDTH_PX = 80;
const MIN_WIDTH_SHARE = 0.55;
/** A title of two lines and a bar; with the line of numbers, too. */
const SHORT_HEAD_PX = 30;
/** Where cells are smaller than this (CSS pixels), they need the room: the title has one line. */
const ROOMY_FROM = 4;
const LOW_HEAD_PX = 24;
const FULL_HEAD_PX = 40;
/** Cards smaller than this on average have no line of numbers. */
const FULL_HEAD_AREA_PX = 16_000;
/** Few cards on a large screen are read from further away. */
const LARGE_HEAD_PX = 44;
const LARGE_HEAD_AREA_PX = 110_000;
const JOB_HEAD_PX = 15;
const GAP_PX = 4;
/** Cells at least this large (CSS pixels) have their template's name above them; smaller ones only once zoomed in. */
const LABELLED_FROM = 18;
const LABEL_PX = 14;
const LABEL_WIDTH_PX = 36;
/** Cells smaller than this leave a job's name a few rows only. */
const MAX_JOB_HEAD_ROWS = 4;

/** `area`: the room for an average card, square pixels. */
export function metricsFor(side: number, area: number): CardMetrics {
  const quantum = quantumFor(side);
  const cells = (px: number) => Math.ceil(px / side / quantum) * quantum;
  return {
    side,
    quantum,
    pad: cells(Math.min(PAD_PX, Math.max(2, Math.sqrt(area) / 12))),
    leastWidth: Math.min(MIN_WIDTH_PX, MIN_WIDTH_SHARE * Math.sqrt(area)) / side,
    head: cells(headFor(side, area)),
    jobHead: Math.min(MAX_JOB_HEAD_ROWS, cells(JOB_HEAD_PX)),
    gap: Math.max(quantum, Math.round(Math.min(GAP_PX, Math.sqrt(area) / 20) / side / quantum) * quantum),
    label: side >= LABELLED_FROM ? cells(LABEL_PX) : 0,
    least: side >= LABELLED_FROM ? Math.ceil(LABEL_WIDTH_PX / side) : 1,
  };
}

function headFor(side: number, area: number): number {
  if (area >= LARGE_HEAD_AREA_PX) return LARGE_HEAD_PX;
  if (area >= FULL_HEAD_AREA_PX) return FULL_HEAD_PX;
  return side >= ROOMY_FROM
    ? Math.min(SHORT_HEAD_PX, Math.max(12, Math.sqrt(area) / 2.2))
    : Math.min(LOW_HEAD_PX, Math.max(9, Math.sqrt(area) / 2.7));
}

/** Small cells are drawn from a bitmap of one pixel a cell, so everything stands at whole cells. */
function quantumFor(side: number): number {
  if (side >= 48) return 1 / 16;
  if (side >= 24) return 1 / 8;
  if (side >= 12) return 1 / 4;
  return side >= 6 ? 1 / 2 : 1;
}

/** The largest multiple of the quantum up to a length. */
export function quantised(length: number, quantum: number): number {
  return Math.floor(length / quantum + 1e-9) * quantum;
}
