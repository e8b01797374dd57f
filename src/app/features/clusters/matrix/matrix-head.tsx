import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { text } from '../../../text/text.ts';
import { nodeCount } from '../cluster-summary.ts';
import type { ListQuery, Measure } from '../list-query.ts';
import { FreeCount } from '../overview/free-count.tsx';
import type { TemplateTotals } from '../overview/template-totals.ts';
import type { ColumnTotal } from './matrix-model.ts';
import { COLUMN } from './sizes.ts';
import type { GridCell } from './use-grid-keys.ts';
import classes from './matrix.module.css';

const words = text.matrix;

/** Which part of the grid is drawn. */
export interface GridPlace {
  /** Before the id of each cell. */
  readonly id: string;
  readonly active: GridCell;
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
}

/** The templates' names with what is free of each; a press sorts. */
export function MatrixHead({ id, active, columnFrom, columns, query, change }: MatrixHeadProps) {
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
      'data-active': active.row === 0 && active.column === column ? true : undefined,
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
          <b className={classes['name']}>{totals.templateId}</b>
          <span className={classes['free']}>
            <FreeCount totals={totals} isBrief />
          </span>
        </span>
      ))}
    </div>
  );
}

interface MatrixTotalsProps extends GridPlace {
  readonly rows: readonly VirtualCluster[];
  readonly measure: Measure;
}

/** The sums over the shown virtual clusters; they stay in sight below the head. */
export function MatrixTotals({ columnFrom, columns, rows }: MatrixTotalsProps) {
  return (
    <div role="row" className={classes['totals']}>
      <span role="rowheader" className={classes['id']}>
        {words.all}
      </span>
      <span role="gridcell" className={classes['total']}>
        {text.facts.count(rows.reduce((sum, row) => sum + nodeCount(row), 0))}
      </span>
      <span role="presentation" className={classes['gap']} style={{ width: columnFrom * COLUMN }} />
      {columns.map(({ templateId, column: { sum, isWhole } }) => (
        <span key={templateId} role="gridcell" className={classes['cell']}>
          {isWhole ? text.facts.count(sum) : words.atLeast(sum)}
        </span>
      ))}
    </div>
  );
}
