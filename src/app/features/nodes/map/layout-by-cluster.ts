import { groupBy } from '../../../../domain/group-by.ts';
import { computeBandWidths, type BandWidths } from './band-widths.ts';
import { packStably, withFirst } from './stable-packing.ts';
import {
  capacityOf,
  compareTemplateOrNull,
  type Band,
  type Block,
  type Group,
  type JobLine,
  type Layout,
  type LayoutMemory,
} from './layout.ts';
import type { Section } from './map-model.ts';

/** Empty columns between two bands. */
const BAND_GAP = 1;

/** The key of the free pool's group. */
const POOL_KEY = JSON.stringify(null);

/** One holder's sections: a virtual cluster's own nodes, those of one of its job clusters, or the free pool's. */
interface Line {
  readonly key: string;
  readonly jobClusterId: string | null;
  readonly sections: readonly Section[];
}

/** One group per virtual cluster (the free pool first), one band of columns per template, one line per job cluster. */
export function computeLayoutByCluster(
  sections: readonly Section[],
  made: Pick<LayoutMemory, 'aspect' | 'slots'>,
  memory: LayoutMemory | null,
): Layout {
  const groupLines = linesByGroup(sections);
  const widths = computeBandWidths(linesOf(groupLines), made.aspect);
  const bands = bandsFor(widths, memory);
  const gap = memory?.gap ?? widths.gap;
  const bandAt = new Map(bands.map((band) => [band.templateId, band]));
  const inner = new Map(
    [...groupLines].map(([key, lines]) => {
      const wanted = lines.map((line) => ({
        key: line.key,
        minSize: rowsOf(line, bandAt, (slots) => slots),
        size: rowsOf(line, bandAt, capacityOf),
      }));
      return [key, packStably(memory?.inner.get(key) ?? [], wanted)] as const;
    }),
  );
  const wanted = [...inner].map(([key, lines]) => {
    const size = lines.reduce((sum, line) => sum + line.size, 0);
    return { key, minSize: size, size };
  });
  const pool = wanted.find(({ key }) => key === POOL_KEY);
  const places = packStably(withFirst(memory?.groups ?? [], pool), wanted);

  const blocks = new Map<string, Block>();
  const groups: Group[] = [];
  let y = 0;
  for (const { key, size } of places) {
    const lines = key === null ? undefined : groupLines.get(key);
    if (key !== null && lines !== undefined)
      groups.push(groupAt(y, size, lines, { places: inner.get(key) ?? [], bandAt, blocks }));
    y += size + gap;
  }
  const last = bands.at(-1);
  return {
    grouping: 'cluster',
    width: last === undefined ? 0 : last.x + last.cols,
    height: Math.max(0, y - gap),
    groups,
    bands,
    blocks,
    memory: { ...made, groups: places, inner, bands, gap, strip: { rows: 0, width: 0 } },
  };
}

function groupAt(
  top: number,
  height: number,
  lines: readonly Line[],
  {
    places,
    bandAt,
    blocks,
  }: {
    readonly places: LayoutMemory['groups'];
    readonly bandAt: ReadonlyMap<string | null, Band>;
    readonly blocks: Map<string, Block>;
  },
): Group {
  const lineAt = new Map(lines.map((line) => [line.key, line]));
  const own: Block[] = [];
  const jobs: JobLine[] = [];
  let y = top;
  for (const { key, size: rows } of places) {
    const line = key === null ? undefined : lineAt.get(key);
    for (const section of line?.sections ?? []) {
      const band = bandAt.get(section.templateId);
      if (band === undefined) continue;
      const block = { section: section.key, x: band.x, y, cols: band.cols, rows };
      own.push(block);
      blocks.set(section.key, block);
    }
    if (line !== undefined && line.jobClusterId !== null) jobs.push({ jobClusterId: line.jobClusterId, y, rows });
    y += rows;
  }
  const clusterId = lines[0]?.sections[0]?.clusterId ?? null;
  return {
    name: clusterId === null ? { kind: 'pool' } : { kind: 'cluster', id: clusterId },
    y: top,
    height,
    blocks: own,
    jobs,
  };
}

function linesByGroup(sections: readonly Section[]): ReadonlyMap<string, readonly Line[]> {
  const lines = [...groupBy(sections, ({ clusterId, jobClusterId }) => JSON.stringify([clusterId, jobClusterId]))].map(
    ([key, some]): Line => ({ key, jobClusterId: some[0]?.jobClusterId ?? null, sections: some }),
  );
  return groupBy(lines, (line) => JSON.stringify(line.sections[0]?.clusterId ?? null));
}

function rowsOf(
  line: Line,
  bandAt: ReadonlyMap<string | null, { readonly cols: number }>,
  roomFor: (slots: number) => number,
): number {
  return Math.max(
    ...line.sections.map(({ slots, templateId }) => Math.ceil(roomFor(slots) / (bandAt.get(templateId)?.cols ?? 1))),
  );
}

/** The cells that each line needs per template. */
function linesOf(groupLines: ReadonlyMap<string, readonly Line[]>): Parameters<typeof computeBandWidths>[0] {
  return [...groupLines.values()].map((lines) =>
    lines.map(({ sections }) => new Map(sections.map(({ templateId, slots }) => [templateId, capacityOf(slots)]))),
  );
}

/** Existing bands keep their width; new templates are appended. */
function bandsFor({ cols }: BandWidths, memory: LayoutMemory | null): readonly Band[] {
  const bands: Band[] = [...(memory?.bands ?? [])];
  const known = new Set(bands.map(({ templateId }) => templateId));
  let x = bands.reduce((sum, band) => sum + band.cols + BAND_GAP, 0);
  for (const templateId of [...cols.keys()].sort(compareTemplateOrNull)) {
    if (known.has(templateId)) continue;
    const band = { templateId, x, cols: cols.get(templateId) ?? 1 };
    bands.push(band);
    x += band.cols + BAND_GAP;
  }
  return bands;
}
