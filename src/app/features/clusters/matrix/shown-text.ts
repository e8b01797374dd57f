import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { shownValue } from '../../../../domain/sourced.ts';
import { text } from '../../../text/text.ts';
import { nodeCount } from '../cluster-summary.ts';
import type { Measure } from '../list-query.ts';
import type { SheetLayout } from './edit/sheet-range.ts';
import { LABELS } from './edit/sheet-range.ts';
import type { StagedChange } from './edit/staged-cells.ts';
import type { GridCell } from './grid-keys.ts';
import { cellOf } from './matrix-model.ts';

/** What a cell is copied as: plain digits, and nothing for what is not known. What is typed is copied as typed. */
export function shownTextAt(
  { row, column }: GridCell,
  sheet: {
    readonly rows: readonly VirtualCluster[];
    readonly layout: SheetLayout;
    readonly measure: Measure;
    readonly staged: ReadonlyMap<string, ReadonlyMap<string, StagedChange>>;
  },
): string {
  const { rows, layout, measure, staged } = sheet;
  const templateId = layout.columns[column - LABELS];
  if (row === 0) return templateId ?? (column === 0 ? text.matrix.id : text.matrix.total);
  const cluster = rows[row - 1];
  if (cluster === undefined) return '';
  const changes = measure === 'held' ? staged.get(cluster.id) : undefined;
  if (templateId === undefined) return column === 0 ? cluster.id : String(totalWith(cluster, changes));
  const typed = changes?.get(templateId);
  if (typed !== undefined) return String(typed.count);
  const cell = cellOf(cluster, templateId, measure);
  const shown = cell === null ? 0 : (shownValue(cell)?.value ?? null);
  return shown === null ? '' : String(shown);
}

/** All nodes of a virtual cluster, once what is typed holds. */
export function totalWith(cluster: VirtualCluster, changes: ReadonlyMap<string, StagedChange> | undefined): number {
  let total = nodeCount(cluster);
  for (const { count, held } of changes?.values() ?? []) total += count - (held ?? 0);
  return total;
}
