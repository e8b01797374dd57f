import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../domain/fact.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import { NO_REVISION } from '../../domain/revision.ts';
import { bandOf, cellsOf, layOutStrips, MOST_CELLS } from './strip-layout.ts';
import { stripRows, templatesOfRows, totalsOf, type StripRow } from './strips.ts';

const pool: FreePool = {
  templates: [
    { templateId: '16c32g', free: unknown('node-full', 'state'), alive: known(3, 'summary'), isHeadTemplate: false },
    { templateId: '4c8g', free: known({ count: 5, atMost: true }, 'liveness'), alive: known(9, 'summary'), isHeadTemplate: false },
  ],
  jobClusters: known(
    [
      {
        id: 'kPrimaryClusterID##raysubmit_X',
        submissionId: 'raysubmit_X',
        nodes: known([{ templateId: '4c8g', count: 2 }], 'state'),
        job: null,
        leftover: known(false, 'jobs'),
        lastSeenAt: null,
      },
    ],
    'state',
  ),
};

function cluster(id: string, templates: VirtualCluster['templates']): VirtualCluster {
  return { id, divisible: true, revision: NO_REVISION, templates, usedBy: unknown('failed', 'actors') };
}

describe('the rows of the overview', () => {
  const rows = stripRows(pool, [
    cluster('team', [
      { templateId: '4c8g', count: 6, dead: known(1, 'liveness'), idle: known(2, 'state'), busy: known(3, 'state') },
      { templateId: '8c16g', count: 4, dead: known(1, 'liveness'), idle: unknown('failed', 'summary'), busy: unknown('failed', 'summary') },
    ]),
  ]);

  it('begin with the free pool and name templates in the order of the screen', () => {
    expect(rows.map(({ of }) => of.kind)).toEqual(['pool', 'primary-jobs', 'cluster']);
    expect(templatesOfRows(rows)).toEqual(['4c8g', '8c16g', '16c32g']);
  });

  it('count as unknown what no source tells, never as idle', () => {
    expect(rows[2]?.bands[1]?.counts).toEqual({ busy: 0, idle: 0, free: 0, unknown: 3, dead: 1 });
  });

  it('keep a free count that is not known apart from none', () => {
    const first = rows[0];
    if (first === undefined) throw new Error('no rows');
    expect(bandOf(first, '16c32g')?.counts).toBeNull();
    expect(bandOf(first, '4c8g')).toMatchObject({ counts: { free: 5 }, atMost: true });
  });

  it('add up', () => {
    expect(totalsOf(rows)).toEqual({ busy: 3, idle: 2, free: 5, unknown: 5, dead: 2 });
  });
});

function rowOf(counts: { busy?: number; dead?: number }): StripRow {
  const band = { templateId: 't', counts: { busy: 0, idle: 0, free: 0, unknown: 0, dead: 0, ...counts }, atMost: false };
  return { of: { kind: 'cluster', id: 'c' }, bands: [band] };
}

describe('the places of cells', () => {
  it('stand in lines as wide as there is room', () => {
    const row = rowOf({ busy: 100 });
    const layout = layOutStrips([row], ['t'], 300);
    expect(layout.width).toBeLessThanOrEqual(300);
    const columns = layout.bands[0]?.columns ?? 0;
    const cells = row.bands.flatMap((band) => cellsOf(band, columns, layout));
    expect(cells).toHaveLength(100);
    expect(new Set(cells.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(100);
    expect(Math.max(...cells.map(({ y }) => y))).toBeLessThan(layout.height);
  });

  it('never overlap from one row to the next', () => {
    const rows = [rowOf({ busy: 70 }), rowOf({ busy: 3 }), rowOf({})];
    const layout = layOutStrips(rows, ['t'], 120);
    rows.forEach((row, index) => {
      const place = layout.rows[index];
      const columns = layout.bands[0]?.columns ?? 0;
      for (const cell of row.bands.flatMap((band) => cellsOf(band, columns, layout))) expect(cell.y + layout.cell).toBeLessThanOrEqual(place?.height ?? 0);
      expect((layout.rows[index + 1]?.y ?? layout.height) - (place?.y ?? 0)).toBe(place?.height);
    });
  });

  it('stand for several nodes in a large fleet, and a single dead node is still seen', () => {
    const row = rowOf({ busy: 20_000, dead: 1 });
    const layout = layOutStrips([row], ['t'], 1000);
    expect(layout.nodesPerCell).toBe(Math.ceil(20_001 / MOST_CELLS));
    const cells = row.bands.flatMap((band) => cellsOf(band, 50, layout));
    expect(cells.filter(({ kind }) => kind === 'dead')).toHaveLength(1);
    expect(cells.length).toBeLessThanOrEqual(MOST_CELLS + 5);
  });
});
