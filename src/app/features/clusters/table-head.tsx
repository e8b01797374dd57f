/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   A table that is drawn as blocks, as these rows are on a narrow screen, loses its own roles in some browsers. */
import { memo, type ReactNode } from 'react';
import { text } from '../../text/text.ts';
import { TermMark } from '../../ui/term.tsx';
import { columnOf, type SortColumn } from './list-columns.ts';
import { nextSort, sortColumns, type Sort } from './list-query.ts';
import classes from './table-head.module.css';
import table from './cluster-table.module.css';

export interface TableHeadProps {
  /** The virtual clusters that are shown. */
  readonly ids: readonly string[];
  /** Those that something is to be done with. */
  readonly chosenIds: ReadonlySet<string>;
  readonly onChooseAll: () => void;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** The head of the list: a column is sorted by its word, and `?` beside it explains that. */
export const TableHead = memo(function TableHead({ ids, chosenIds, onChooseAll, sort, onSort }: TableHeadProps) {
  return (
    <thead role="rowgroup" className={classes['head']}>
      <tr role="row" aria-rowindex={1}>
        {sortColumns.map((column) => (
          <HeadCell key={column} column={column} sort={sort} onSort={onSort}>
            {column === 'id' && <ChooseAll ids={ids} chosenIds={chosenIds} onChooseAll={onChooseAll} />}
          </HeadCell>
        ))}
        <th role="columnheader" scope="col" data-column="menu">
          <span className="visually-hidden">{text.clusters.menuColumn}</span>
        </th>
      </tr>
    </thead>
  );
});

/** Chooses all that are shown, or none of them. */
function ChooseAll({ ids, chosenIds, onChooseAll }: Pick<TableHeadProps, 'ids' | 'chosenIds' | 'onChooseAll'>) {
  const chosen = ids.filter((id) => chosenIds.has(id)).length;
  return (
    <label className={table['choose']}>
      <input
        type="checkbox"
        aria-label={text.clusters.selectAll}
        checked={chosen > 0 && chosen === ids.length}
        ref={(box) => {
          if (box !== null) box.indeterminate = chosen > 0 && chosen < ids.length;
        }}
        onChange={onChooseAll}
      />
    </label>
  );
}

interface HeadCellProps {
  readonly column: SortColumn;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** What stands before its name. */
  readonly children?: ReactNode;
}

function HeadCell({ column, sort, onSort, children }: HeadCellProps) {
  const isSorted = sort.column === column;
  const direction = sort.descending ? 'descending' : 'ascending';
  const { term } = columnOf(column);
  const word = text.clusters.columns[column];
  return (
    <th
      role="columnheader"
      scope="col"
      data-column={column}
      aria-sort={isSorted ? direction : undefined}
      aria-label={term === undefined ? undefined : word}
    >
      {children}
      <span className={classes['headWord']}>
        <button type="button" className={classes['sort']} onClick={() => onSort(nextSort(sort, column))}>
          {word}
          <span className={classes['arrow']} aria-hidden="true">
            {isSorted ? (sort.descending ? '↓' : '↑') : ''}
          </span>
        </button>
        {term !== undefined && <TermMark of={term} word={word} />}
      </span>
    </th>
  );
}
