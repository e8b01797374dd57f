import { groupBy } from '../../../../../domain/group-by.ts';
import { flowCard, lineOf, roomFor, type CardContent, type Line } from './card-content.ts';
import { metricsFor, type CardMetrics } from './card-metrics.ts';
import type { CardRequest } from './fit-cards.ts';
import type { Block, CardMemory, Group, Layout, LayoutMemory } from './layout.ts';
import type { Section } from './map-model.ts';
import { packCards } from './pack-cards.ts';
import { PAD, type Box, type Size } from './viewport.ts';

/** With less room than this for an average card (square pixels), less than half of a name would be readable. */
const CRAMPED_PX = 3_200;
/** The room for an average card (square pixels) on a map that is made higher than its plot for that. */
const ROOMY_PX = 5_000;

interface Card extends CardRequest {
  readonly clusterId: string | null;
  readonly lines: readonly Line[];
}

/** One card for the free pool, which comes first, and for each virtual cluster, with a box for each job cluster in it. */
export function computeLayoutByCluster(
  sections: readonly Section[],
  made: Pick<LayoutMemory, 'plot' | 'slots'>,
  before: LayoutMemory | null,
): Layout {
  const cards = cardsOf(sections);
  const memory = before?.cards ?? null;
  const kept = memory === null ? null : keepCards(cards, memory);
  const plot = mapFor({ width: made.plot.width - 2 * PAD, height: made.plot.height - 2 * PAD }, cards.length);
  const packed = kept ?? packCards(cards, plot, (side) => metricsFor(side, areaOf(plot) / Math.max(1, cards.length)));
  const { metrics } = packed;
  const blocks = new Map<string, Block>();
  const groups = cards.flatMap((card): readonly Group[] => {
    const box = packed.boxes.get(card.key);
    const content = packed.contents.get(card.key);
    return box === undefined || content === undefined ? [] : [groupAt(card, box, content, metrics, blocks)];
  });
  const held = new Map(
    cards.flatMap((card): readonly [string, CardMemory][] => {
      const box = packed.boxes.get(card.key);
      return box === undefined ? [] : [[card.key, { box, lines: packed.contents.get(card.key)?.memory ?? new Map() }]];
    }),
  );
  const gone =
    kept === null ? [] : [...(memory?.cards ?? [])].filter(([key]) => !held.has(key) && !kept.taken.has(key));
  const all = [...gone, ...held];
  return {
    grouping: 'cluster',
    width: Math.max(0, ...all.map(([, { box }]) => box.x + box.width)),
    height: Math.max(0, ...all.map(([, { box }]) => box.y + box.height)),
    isTall: plot.height > made.plot.height,
    groups,
    blocks,
    memory: { ...made, cards: { metrics, cards: new Map(all) }, strips: null },
  };
}

/** The room for the cards, CSS pixels: the plot, or one of its width that is higher where there are too many cards for it. */
function mapFor(plot: Size, cards: number): Size {
  return areaOf(plot) >= cards * CRAMPED_PX ? plot : { ...plot, height: (cards * ROOMY_PX) / Math.max(1, plot.width) };
}

/** The share of a layout's area that cards of holders that have gone leave empty. */
export function emptyShareOf({ groups, width, height }: Layout): number {
  return width * height === 0 ? 0 : 1 - groups.reduce((sum, group) => sum + areaOf(group), 0) / (width * height);
}

interface KeptCards {
  readonly metrics: CardMetrics;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly contents: ReadonlyMap<string, CardContent>;
  /** Cards of before that a new one stands on. */
  readonly taken: ReadonlySet<string>;
}

/** Every card where it was, and new ones where one has gone; null if any does not fit. */
function keepCards(
  cards: readonly Card[],
  { metrics, cards: before }: NonNullable<LayoutMemory['cards']>,
): KeptCards | null {
  const boxes = new Map<string, Box>();
  const contents = new Map<string, CardContent>();
  const taken = new Set<string>();
  const present = new Set(cards.map(({ key }) => key));
  const put = (card: Card, was: CardMemory, isSame: boolean): boolean => {
    const content = flowCard(card.lines, was.box.width - 2 * metrics.pad, metrics, isSame ? was.lines : null);
    if (content.height > was.box.height - 2 * metrics.pad - metrics.head) return false;
    boxes.set(card.key, was.box);
    contents.set(card.key, content);
    return true;
  };
  for (const card of cards) {
    const was = before.get(card.key);
    // Nodes may move within a card, so that other cards need not move.
    if (was !== undefined && !put(card, was, true) && !put(card, was, false)) return null;
  }
  for (const card of cards) {
    if (before.has(card.key)) continue;
    // The free pool always comes first.
    if (card.clusterId === null) return null;
    const hole = [...before].find(([key, was]) => !present.has(key) && !taken.has(key) && put(card, was, false));
    if (hole === undefined) return null;
    taken.add(hole[0]);
  }
  return { metrics, boxes, contents, taken };
}

function groupAt(
  { clusterId }: Card,
  box: Box,
  content: CardContent,
  { pad, head, jobHead }: CardMetrics,
  blocks: Map<string, Block>,
): Group {
  const [left, top] = [box.x + pad, box.y + pad + head];
  const own = content.blocks.map((block): Block => ({ ...block, x: block.x + left, y: block.y + top }));
  for (const block of own) blocks.set(block.section, block);
  return {
    name: clusterId === null ? { kind: 'pool' } : { kind: 'cluster', id: clusterId },
    ...box,
    head: pad + head,
    blocks: own,
    jobs: content.jobs.map((job) => ({ ...job, x: job.x + left, y: job.y + top, head: jobHead })),
  };
}

function cardsOf(sections: readonly Section[]): readonly Card[] {
  const lines = [...groupBy(sections, ({ clusterId, jobClusterId }) => JSON.stringify([clusterId, jobClusterId]))].map(
    ([key, some]) => lineOf(key, some),
  );
  return [...groupBy(lines, ({ sections: some }) => some[0]?.clusterId ?? null)]
    .map(([clusterId, own]): Card => ({
      key: JSON.stringify(clusterId),
      clusterId,
      lines: own,
      slots: own.flatMap((line) => line.sections).reduce((sum, { slots }) => sum + roomFor(slots), 0),
    }))
    .sort(inOrder);
}

/** The pool first, then larger cards before smaller ones: by doublings, so that a few nodes more do not change the order. */
function inOrder(a: Card, b: Card): number {
  if (a.clusterId === null || b.clusterId === null) return a.clusterId === null ? -1 : 1;
  const doublings = Math.floor(Math.log2(Math.max(1, b.slots))) - Math.floor(Math.log2(Math.max(1, a.slots)));
  return doublings !== 0 ? doublings : a.clusterId < b.clusterId ? -1 : 1;
}

function areaOf({ width, height }: Size): number {
  return width * height;
}
