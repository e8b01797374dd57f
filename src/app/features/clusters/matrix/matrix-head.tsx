import { useMemo, type ReactNode } from 'react';
import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { matrixEditText } from '../../../text/matrix-edit-text.ts';
import { text } from '../../../text/text.ts';
import { nodeCount } from '../cluster-summary.ts';
import type { ListQuery, Measure } from '../list-query.ts';
import { FreeCount } from '../overview/free-count.tsx';
import type { TemplateTotals } from '../overview/template-totals.ts';
import { BreakableName } from './breakable-name.tsx';
import type { StagedChange } from './edit/staged-cells.ts';
import type { SheetEffect } from './edit/use-sheet.ts';
import type { ColumnTotal } from './matrix-model.ts';
import { COLUMN } from './sizes.ts';
import classes from './matrix.module.css';

const words = text.matrix;

/** Which part of the grid is drawn. */
export interface GridPlace {
  /** Before the id of each cell. */
  readonly id: string;
  readonly columnFrom: number;
  readonly columns: readonly (TemplateTotals & { readonly column: ColumnTotal })[];
}

/** The query after a sort by a column of the grid: the most first, then the other way round. */
export function nextQuery(query: ListQuery, column: number, templateId: string | null): Partial<ListQuery> {
  if (templateId !== null) {
    const descending = query.by === templateId ? !query.sort.descending : true;
    return { by: templateId, sort: { ...query.sort, descending } };
  }
  const name = column === 0 ? 'id' : 'nodes';
  const isSame = query.by === null && query.sort.column === name;
  return { by: null, sort: { column: name, descending: isSame ? !query.sort.descending : name === 'nodes' } };
}

interface MatrixHeadProps extends GridPlace {
  readonly query: ListQuery;
  readonly change: (to: Partial<ListQuery>) => void;
  /** The active cell's column, if it is in the head. */
  readonly activeColumn: number | null;
  readonly effect: Pick<SheetEffect, 'left' | 'short'>;
}

/** The templates' names with what is free of each, or would be left of it; a press sorts. */
export function MatrixHead({ id, activeColumn, columnFrom, columns, query, change, effect }: MatrixHeadProps) {
  const direction = query.sort.descending ? 'descending' : 'ascending';
  const head = (column: number, templateId: string | null) => {
    const isSorted =
      templateId !== null
        ? query.by === templateId
        : query.by === null && query.sort.column === (column === 0 ? 'id' : 'nodes');
    return {
      role: 'columnheader',
      id: `${id}-0-${String(column)}`,
      'aria-colindex': column + 1,
      'aria-sort': isSorted ? direction : undefined,
      tabIndex: activeColumn === column ? 0 : undefined,
      'data-active': activeColumn === column ? true : undefined,
      onClick: () => change(nextQuery(query, column, templateId)),
    } as const;
  };
  return (
    <div role="row" aria-rowindex={1} className={classes['head']}>
      <span {...head(0, null)} className={classes['id']}>
        {words.id}
      </span>
      <span {...head(1, null)} className={classes['total']}>
        {words.total}
      </span>
      <span role="presentation" className={classes['gap']} style={{ width: columnFrom * COLUMN }} />
      {columns.map((totals, at) => (
        <span
          key={totals.templateId}
          {...head(columnFrom + at + 2, totals.templateId)}
          className={classes['cell']}
          title={words.sortBy(totals.templateId)}
        >
          <b className={classes['name']}>
            <BreakableName name={totals.templateId} />
          </b>
          <span className={classes['free']}>
            <Left templateId={totals.templateId} effect={effect}>
              <FreeCount totals={totals} isBrief />
            </Left>
          </span>
        </span>
      ))}
    </div>
  );
}

interface LeftProps extends Pick<MatrixHeadProps, 'effect'> {
  readonly templateId: string;
  /** What is free now. */
  readonly children: ReactNode;
}

/** What would be left of a template once what is typed holds. */
function Left({ templateId, effect: { left, short }, children }: LeftProps) {
  const lacks = short.get(templateId);
  if (lacks !== undefined) return <strong className={classes['lacks']}>{matrixEditText.short(lacks)}</strong>;
  const rest = left.get(templateId);
  if (rest === undefined) return children;
  return <b>{rest === null ? matrixEditText.freeUnknown : matrixEditText.free(Math.max(0, rest))}</b>;
}

interface MatrixTotalsProps extends GridPlace {
  readonly rows: readonly VirtualCluster[];
  readonly measure: Measure;
  readonly changes: readonly StagedChange[];
}

/** The sums over the shown virtual clusters; they stay in sight below the head. */
export function MatrixTotals({ columnFrom, columns, rows, measure, changes }: MatrixTotalsProps) {
  const added = useMemo(() => addedTo(rows, measure === 'held' ? changes : []), [rows, measure, changes]);
  const whole = [...added.values()].reduce((sum, each) => sum + each, 0);
  return (
    <div role="row" className={classes['totals']}>
      <span role="rowheader" className={classes['id']}>
        {words.all}
      </span>
      <span role="gridcell" className={classes['total']} data-staged={whole === 0 ? undefined : true}>
        {text.facts.count(rows.reduce((sum, row) => sum + nodeCount(row), 0) + whole)}
      </span>
      <span role="presentation" className={classes['gap']} style={{ width: columnFrom * COLUMN }} />
      {columns.map(({ templateId, column: { sum, isWhole } }) => {
        const more = added.get(templateId) ?? 0;
        return (
          <span
            key={templateId}
            role="gridcell"
            className={classes['cell']}
            data-total={more === 0 ? undefined : true}
            title={more === 0 ? undefined : matrixEditText.total(sum)}
          >
            {isWhole ? text.facts.count(sum + more) : words.atLeast(sum)}
          </span>
        );
      })}
    </div>
  );
}

/** What the changes of the shown rows add to each column. */
function addedTo(rows: readonly VirtualCluster[], changes: readonly StagedChange[]): ReadonlyMap<string, number> {
  const added = new Map<string, number>();
  if (changes.length === 0) return added;
  const shown = new Set(rows.map(({ id }) => id));
  for (const { clusterId, templateId, count, held } of changes)
    if (held !== null && shown.has(clusterId)) added.set(templateId, (added.get(templateId) ?? 0) + count - held);
  return added;
}
