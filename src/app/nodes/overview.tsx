import { useElementSize } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { pathTo } from '../route.ts';
import { text } from '../text/text.ts';
import { Link } from '../ui/link.tsx';
import { CellMark } from './cell-mark.tsx';
import classes from './overview.module.css';
import { bandOf, layOutStrips } from './strip-layout.ts';
import { cellKinds, totalsOf, type Band, type StripRow } from './strips.ts';
import { useStripDrawing } from './use-strip-drawing.ts';

interface OverviewProps {
  readonly rows: readonly StripRow[];
  readonly templateIds: readonly string[];
}

/** The names' margin, CSS pixels; narrower on a phone. */
const MARGIN = 176;
const NARROW_MARGIN = 104;

/**
 * Who holds how many nodes of each template, and what they do: a table whose cells hold the counts, over one canvas
 * with a small square a node. The table says everything that the canvas shows.
 */
export function Overview({ rows, templateIds }: OverviewProps) {
  const words = text.nodes.overview;
  const { ref, width } = useElementSize();
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const margin = width < 640 ? NARROW_MARGIN : MARGIN;
  const layout = useMemo(() => layOutStrips(rows, templateIds, width - margin), [rows, templateIds, width, margin]);
  useStripDrawing({ canvas, scroller, rows, layout, margin });

  return (
    <section ref={ref} className={classes['overview']} aria-labelledby="node-overview">
      <h2 id="node-overview">{words.title}</h2>
      <Legend rows={rows} />
      {layout.nodesPerCell > 1 && <p className="quiet">{words.several(layout.nodesPerCell)}</p>}
      {width > 0 && (
        <div className={classes['frame']}>
          <canvas ref={canvas} className={classes['canvas']} aria-hidden="true" />
          {/* It scrolls, so the keyboard must reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div ref={scroller} className={classes['scroller']} tabIndex={0} role="region" aria-label={words.table}>
            <table className={classes['table']} style={{ width: Math.max(margin + layout.width, width - 2) }} aria-label={words.table}>
              <thead>
                <tr>
                  <th scope="col" style={{ width: margin }}>
                    {words.row}
                  </th>
                  {layout.bands.map(({ templateId, width: bandWidth }, index) => (
                    // The last takes what is left over.
                    <th key={templateId} scope="col" style={index === layout.bands.length - 1 ? {} : { width: bandWidth }} title={templateId}>
                      {templateId}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row, index) => (
                  <tr key={keyOf(row)} style={{ height: layout.rows[index]?.height }}>
                    <th scope="row">
                      <RowName of={row.of} />
                    </th>
                    {templateIds.map((templateId) => (
                      <td key={templateId}>
                        <Counts band={bandOf(row, templateId)} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </section>
  );
}

function keyOf({ of }: StripRow): string {
  return of.kind === 'cluster' ? `cluster ${of.id}` : of.kind;
}

function RowName({ of }: { readonly of: StripRow['of'] }) {
  switch (of.kind) {
    case 'pool':
      return text.nodes.overview.pool;
    case 'primary-jobs':
      return text.nodes.overview.primaryJobs;
    case 'cluster':
      return (
        <Link href={pathTo.cluster(of.id)} title={of.id}>
          {of.id}
        </Link>
      );
  }
}

/** How many nodes: shortly for the eye, kind by kind for screen readers and in the title. */
function Counts({ band }: { readonly band: Band | null }) {
  if (band === null) return null;
  const words = text.nodes.overview;
  if (band.counts === null) return <span className={classes['unknown']}>{words.unknown}</span>;
  const { counts } = band;
  const all = cellKinds.reduce((sum, kind) => sum + counts[kind], 0);
  const told = words.counts(counts);
  return (
    <span title={told}>
      {band.atMost ? text.facts.atMost(all) : text.facts.count(all)}
      {told !== '' && <span className="visually-hidden">: {told}</span>}
    </span>
  );
}

function Legend({ rows }: { readonly rows: readonly StripRow[] }) {
  const words = text.nodes.overview;
  const totals = totalsOf(rows);
  const pool = rows[0]?.bands ?? [];
  const freeUnknown = pool.length === 0 || pool.some(({ counts }) => counts === null);
  return (
    <ul className={classes['legend']} aria-label={words.legend}>
      {cellKinds.map((kind) => (
        <li key={kind}>
          <CellMark kind={kind} />
          {kind === 'free' && freeUnknown ? words.someUnknown(kind) : words.legendItem(kind, totals[kind], kind === 'free' && pool.some(({ atMost }) => atMost))}
        </li>
      ))}
    </ul>
  );
}
