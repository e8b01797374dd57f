import type { TemplateNodes, VirtualCluster } from '../../../../domain/fleet.ts';
import { compareTemplates } from '../../../../domain/replica-sets.ts';
import { shownValue, type Recalled } from '../../../../domain/sourced.ts';
import type { Measure } from '../list-query.ts';

/** What stands in a cell of virtual clusters by templates, apart from how it is drawn; null: the virtual cluster has no node of the template. */
type MatrixCell = Recalled<number> | null;

export function cellOf(cluster: VirtualCluster, templateId: string, measure: Measure): MatrixCell {
  const held = cluster.templates.find((each) => each.templateId === templateId);
  return held === undefined || held.count === 0 ? null : measured(held, measure);
}

function measured(held: TemplateNodes, measure: Measure): Recalled<number> {
  return measure === 'held' ? { known: true, value: held.count, source: 'list' } : held[measure];
}

/** The rows by one template's column, what is not known last; ties keep their order. Without a column, as they are. */
export function sortRows(
  rows: readonly VirtualCluster[],
  by: string | null,
  measure: Measure,
  descending: boolean,
): readonly VirtualCluster[] {
  if (by === null) return rows;
  return rows
    .map((row) => ({ row, key: sortKey(cellOf(row, by, measure)) }))
    .toSorted((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return (a.key - b.key) * (descending ? -1 : 1) || compareTemplates(a.row.id, b.row.id);
    })
    .map(({ row }) => row);
}

/** Who has no node of a template stands below who has some and none of them is idle or dead. */
function sortKey(cell: MatrixCell): number | null {
  return cell === null ? -1 : (shownValue(cell)?.value ?? null);
}

/** A column's sum over the rows. `isWhole`: false as soon as one of its cells is not known, which is then not counted. */
export interface ColumnTotal {
  readonly sum: number;
  readonly isWhole: boolean;
  /** The largest cell. */
  readonly most: number;
}

export function totalOf(rows: readonly VirtualCluster[], templateId: string, measure: Measure): ColumnTotal {
  let [sum, most, isWhole] = [0, 0, true];
  for (const row of rows) {
    const cell = cellOf(row, templateId, measure);
    if (cell === null) continue;
    const shown = shownValue(cell);
    if (!cell.known) isWhole = false;
    sum += shown?.value ?? 0;
    most = Math.max(most, shown?.value ?? 0);
  }
  return { sum, isWhole, most };
}

/** The steps of heat. */
const HEAT_STEPS = 5;

/**
 * How hot a cell is, 0 to `HEAT_STEPS`. Held: as a share of the column's largest; idle and dead: of what the virtual cluster
 * holds of the template. What is not known has none.
 */
export function heatOf(cluster: VirtualCluster, templateId: string, measure: Measure, most: number): number {
  const cell = cellOf(cluster, templateId, measure);
  const value = cell === null ? 0 : (shownValue(cell)?.value ?? 0);
  const whole =
    measure === 'held' ? most : (cluster.templates.find((each) => each.templateId === templateId)?.count ?? 0);
  return value === 0 || whole === 0 ? 0 : Math.max(1, Math.ceil((Math.min(value, whole) / whole) * HEAT_STEPS));
}
