import { groupBy } from '../../../../../domain/group-by.ts';
import { packStably, withFirst, type PackedSlot } from './stable-packing.ts';
import {
  aspectOf,
  capacityOf,
  compareTemplateOrNull,
  type Block,
  type Group,
  type Layout,
  type LayoutMemory,
  type StripMemory,
} from './layout.ts';
import type { Section } from './map-model.ts';

/** Empty cells between groups and blocks, and above each strip of blocks, where the holders' names are painted. */
const GAP = 1;

/**
 * One group per template. Its holders' blocks stand side by side in strips of equal height: the free pool first, job clusters
 * after their virtual cluster.
 */
export function computeLayoutByTemplate(
  sections: readonly Section[],
  made: Pick<LayoutMemory, 'plot' | 'slots'>,
  before: LayoutMemory | null,
): Layout {
  const memory = before?.strips ?? null;
  const strip = memory?.strip ?? stripFor(sections, { aspect: aspectOf(made.plot), slots: made.slots });
  const templates = groupBy(sections, ({ templateId }) => templateId);
  const inner = new Map<string, readonly PackedSlot[]>();
  const flows = new Map<string, Flow>();
  for (const templateId of [...templates.keys()].sort(compareTemplateOrNull)) {
    const key = JSON.stringify(templateId);
    const own = templates.get(templateId) ?? [];
    const wanted = own.map(({ key: section, slots }) => ({
      key: section,
      minSize: Math.ceil(slots / strip.rows),
      size: Math.ceil(capacityOf(slots) / strip.rows),
    }));
    // Sorted: the free pool's own nodes come before its job clusters' and all others.
    const pool = own[0]?.clusterId === null ? wanted[0] : undefined;
    const places = packStably(withFirst(memory?.inner.get(key) ?? [], pool), wanted);
    inner.set(key, places);
    flows.set(key, { templateId, ...flow(places, strip) });
  }
  const groupPlaces = packStably(
    memory?.groups ?? [],
    [...flows].map(([key, { height }]) => ({ key, minSize: height, size: height })),
  );

  const blocks = new Map<string, Block>();
  const groups: Group[] = [];
  let y = 0;
  for (const { key, size } of groupPlaces) {
    const flowed = key === null ? undefined : flows.get(key);
    if (flowed !== undefined) {
      const own = flowed.blocks.map((block): Block => ({ ...block, y: block.y + y }));
      for (const block of own) blocks.set(block.section, block);
      groups.push({
        name: { kind: 'template', id: flowed.templateId },
        x: 0,
        y,
        width: strip.width,
        height: size,
        head: 0,
        blocks: own,
        jobs: [],
      });
    }
    y += size + GAP;
  }
  return {
    grouping: 'template',
    width: strip.width,
    height: Math.max(0, y - GAP),
    isTall: false,
    groups,
    blocks,
    memory: { ...made, cards: null, strips: { groups: groupPlaces, inner, strip } },
  };
}

interface Flow {
  readonly templateId: string | null;
  readonly blocks: readonly Block[];
  readonly height: number;
}

/** Places blocks side by side and wraps them into further strips; a block wider than the map gets a strip of its own. */
function flow(places: readonly PackedSlot[], strip: StripMemory['strip']): Pick<Flow, 'blocks' | 'height'> {
  const blocks: Block[] = [];
  let x = 0;
  let y = GAP;
  let rows = 0;
  const nextStrip = () => {
    if (rows > 0) y += rows + GAP;
    x = 0;
    rows = 0;
  };
  for (const { key, size } of places) {
    const isWide = size > strip.width;
    const cols = isWide ? strip.width : size;
    if (x > 0 && x + cols > strip.width) nextStrip();
    rows = isWide ? Math.ceil((size * strip.rows) / strip.width) : strip.rows;
    if (key !== null) blocks.push({ section: key, x, y, cols, rows });
    if (isWide) nextStrip();
    else x += cols + GAP;
  }
  return { blocks, height: rows === 0 ? Math.max(1, y - GAP) : y + rows };
}

/** How much wider the next width to try is. */
const WIDTH_STEP = 1.1;

/** The rows of a strip, which grow with the fleet, and the map's width with which its cells are largest. */
function stripFor(
  sections: readonly Section[],
  { aspect, slots }: { readonly aspect: number; readonly slots: number },
): StripMemory['strip'] {
  const rows = Math.max(2, Math.min(16, Math.round(Math.sqrt(slots) / 25)));
  const templates = [...groupBy(sections, ({ templateId }) => templateId).values()].map((own) =>
    own.map((section): PackedSlot => ({ key: null, size: Math.ceil(capacityOf(section.slots) / rows) })),
  );
  const length = Math.max(0, ...templates.map((own) => own.reduce((sum, { size }) => sum + size + GAP, 0)));
  let best = { rows, width: 8 };
  let largest = 0;
  for (let width = 8; width < WIDTH_STEP * Math.max(8, length); width = Math.ceil(width * WIDTH_STEP)) {
    const height = templates.reduce((sum, own) => sum + flow(own, { rows, width }).height + GAP, 0);
    const zoom = Math.min(aspect / width, 1 / height);
    if (zoom > largest) [best, largest] = [{ rows, width }, zoom];
  }
  return best;
}
