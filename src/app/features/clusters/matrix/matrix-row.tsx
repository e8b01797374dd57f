import { memo, type ReactNode } from 'react';
import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import { Link } from '../../../routing/link.tsx';
import { pathTo } from '../../../routing/routes.ts';
import { matrixEditText } from '../../../text/matrix-edit-text.ts';
import { text } from '../../../text/text.ts';
import { ClusterId } from '../../../ui/cluster-id.tsx';
import { fullTimeText } from '../../../ui/time-text.ts';
import type { Measure } from '../list-query.ts';
import { CellField } from './edit/cell-field.tsx';
import type { SheetAction, SheetState } from './edit/sheet-state.ts';
import type { StagedChange } from './edit/staged-cells.ts';
import type { GridPlace } from './matrix-head.tsx';
import { cellOf, heatOf } from './matrix-model.ts';
import { totalWith } from './shown-text.ts';
import { COLUMN, HEAD, ROW } from './sizes.ts';
import classes from './matrix.module.css';

const words = text.matrix;

const READ_ONLY = { 'aria-readonly': true } as const;

interface MatrixRowProps extends GridPlace {
  readonly cluster: VirtualCluster;
  /** Its row of the grid; the head is 0. */
  readonly row: number;
  readonly measure: Measure;
  readonly isSelected: boolean;
  /** The active cell's column, if it is in this row. */
  readonly activeColumn: number | null;
  /** The selection's first and last column, if it holds more than one cell and some of this row. */
  readonly rangeFrom: number | null;
  readonly rangeTo: number | null;
  /** The column of the handle that fills, if it is in this row. */
  readonly fillColumn: number | null;
  readonly changes: ReadonlyMap<string, StagedChange>;
  /** The templates of which nodes are lacking. */
  readonly lacking: ReadonlySet<string>;
  readonly editing: SheetState['editing'];
  /** Why it may not be changed. */
  readonly denial: string | null;
  readonly dispatch: (action: SheetAction) => void;
}

/** One virtual cluster. It renders only when something of it changes: among a thousand rows, a typed key renders one. */
export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { id, columnFrom, columns, cluster, row, measure, isSelected, activeColumn, rangeFrom, rangeTo } = props;
  const { fillColumn, changes, lacking, editing, denial, dispatch } = props;
  const cell = (column: number): CellPlace => ({
    id: `${id}-${String(row)}-${String(column)}`,
    'aria-colindex': column + 1,
    'aria-selected': rangeFrom !== null && rangeTo !== null && column >= rangeFrom && column <= rangeTo,
    tabIndex: activeColumn === column ? 0 : undefined,
    'data-active': activeColumn === column ? true : undefined,
    'data-corner': fillColumn === column ? true : undefined,
    'data-at': `${String(row)} ${String(column)}`,
  });
  const total = totalWith(cluster, changes);
  return (
    <div
      role="row"
      aria-rowindex={row + 1}
      aria-current={isSelected ? 'true' : undefined}
      className={classes['row']}
      style={{ top: HEAD + row * ROW }}
    >
      <span role="rowheader" {...cell(0)} className={classes['id']}>
        <Link
          href={pathTo.cluster(cluster.id)}
          keepQuery
          tabIndex={-1}
          className={classes['link']}
          title={readableClusterId(cluster.id)}
          data-row-link
        >
          <ClusterId id={cluster.id} />
        </Link>
      </span>
      <span
        role="gridcell"
        {...cell(1)}
        {...READ_ONLY}
        className={classes['total']}
        data-staged={changes.size === 0 ? undefined : true}
      >
        {text.facts.count(total)}
      </span>
      <span role="presentation" className={classes['gap']} style={{ width: columnFrom * COLUMN }} />
      {columns.map(({ templateId, column: { most } }, at) => {
        const place = cell(columnFrom + at + 2);
        const handle = fillColumn === columnFrom + at + 2 ? <FillHandle /> : null;
        if (editing?.templateId === templateId)
          return (
            <span key={templateId} role="gridcell" {...place} className={classes['cell']} data-editing>
              <CellField
                label={matrixEditText.field(readableClusterId(cluster.id), templateId)}
                typed={editing.typed}
                isSelected={editing.isSelected}
                dispatch={dispatch}
              />
            </span>
          );
        const change = changes.get(templateId);
        if (change !== undefined)
          return <StagedCell key={templateId} {...{ place, handle, change }} isLacking={lacking.has(templateId)} />;
        return <Cell key={templateId} {...{ place, handle, cluster, templateId, measure, most, denial }} />;
      })}
    </div>
  );
});

/** The corner of the selection. By keyboard, Ctrl+D and Ctrl+R fill. */
function FillHandle() {
  return <span className={classes['fill']} data-fill aria-hidden="true" />;
}

interface CellPlace {
  readonly id: string;
  readonly 'aria-colindex': number;
  readonly 'aria-selected': boolean;
  readonly tabIndex: number | undefined;
  readonly 'data-active': true | undefined;
  readonly 'data-corner': true | undefined;
  readonly 'data-at': string;
}

interface StagedCellProps {
  readonly place: CellPlace;
  readonly handle: ReactNode;
  readonly change: StagedChange;
  readonly isLacking: boolean;
}

/** What is typed, beside what is held. */
function StagedCell({ place, handle, change, isLacking }: StagedCellProps) {
  const { clusterId, templateId, base, count, held, isMoved } = change;
  const id = readableClusterId(clusterId);
  const isShort = isLacking && count > (held ?? 0);
  const label = isMoved
    ? matrixEditText.stagedMoved(id, templateId, base, held ?? 0, count)
    : matrixEditText.staged(id, templateId, held ?? 0, count);
  return (
    <span
      role="gridcell"
      {...place}
      className={classes['cell']}
      data-staged
      data-moved={isMoved ? true : undefined}
      data-short={isShort ? true : undefined}
      title={label}
    >
      <span className="visually-hidden">{label}</span>
      <span aria-hidden="true" className={classes['was']}>
        {text.facts.count(held ?? 0)}
      </span>
      <b aria-hidden="true">{text.facts.count(count)}</b>
      {handle}
    </span>
  );
}

interface CellProps {
  readonly place: CellPlace;
  readonly handle: ReactNode;
  readonly cluster: VirtualCluster;
  readonly templateId: string;
  readonly measure: Measure;
  readonly most: number;
  readonly denial: string | null;
}

function Cell({ place, handle, cluster, templateId, measure, most, denial }: CellProps) {
  const value = cellOf(cluster, templateId, measure);
  const id = readableClusterId(cluster.id);
  const shared = {
    role: 'gridcell',
    ...place,
    className: classes['cell'],
    'aria-readonly': denial === null ? undefined : true,
  } as const;
  const titled = (title: string) =>
    denial === null || measure !== 'held'
      ? title
      : text.joins.sentences([text.joins.ended(title), matrixEditText.denied(id, denial)]);
  if (value === null)
    return (
      <span {...shared} data-quiet title={titled(words.noneTitle(id, templateId))}>
        {words.none}
        {handle}
      </span>
    );
  if (!value.known) {
    const why = text.facts.why(value.source, value.reason);
    const { last } = value;
    if (last === undefined)
      return (
        <span {...shared} data-unknown title={why}>
          {words.unknown}
          <span className="visually-hidden"> {why}</span>
          {handle}
        </span>
      );
    return (
      <span {...shared} data-last-known title={text.joins.asOfWhy(text.facts.asOf(fullTimeText(last.at)), why)}>
        {text.facts.count(last.value)}
        {handle}
      </span>
    );
  }
  return (
    <span
      {...shared}
      data-quiet={value.value === 0 ? true : undefined}
      data-heat={heatOf(cluster, templateId, measure, most)}
      title={titled(words.cell(id, value.value, measure, templateId))}
    >
      {text.facts.count(value.value)}
      {handle}
    </span>
  );
}
