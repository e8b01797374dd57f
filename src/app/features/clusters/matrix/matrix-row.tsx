import { memo } from 'react';
import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import { Link } from '../../../routing/link.tsx';
import { pathTo } from '../../../routing/routes.ts';
import { text } from '../../../text/text.ts';
import { ClusterId } from '../../../ui/cluster-id.tsx';
import { fullTimeText } from '../../../ui/time-text.ts';
import { nodeCount } from '../cluster-summary.ts';
import type { Measure } from '../list-query.ts';
import type { GridPlace } from './matrix-head.tsx';
import { cellOf, heatOf } from './matrix-model.ts';
import { COLUMN, HEAD, ROW } from './sizes.ts';
import type { GridCell } from './use-grid-keys.ts';
import classes from './matrix.module.css';

const words = text.matrix;

interface MatrixRowProps extends GridPlace {
  readonly cluster: VirtualCluster;
  /** Its row of the grid; the head is 0. */
  readonly row: number;
  readonly measure: Measure;
  readonly isSelected: boolean;
  readonly onPress: (cell: GridCell) => void;
}

/** One virtual cluster. */
export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { id, active, columnFrom, columns, cluster, row, measure, isSelected, onPress } = props;
  const isActive = (column: number) => (active.row === row && active.column === column ? true : undefined);
  const cell = (column: number) => ({
    id: `${id}-${String(row)}-${String(column)}`,
    'aria-colindex': column + 1,
    'data-active': isActive(column),
  });
  return (
    <div
      role="row"
      aria-rowindex={row + 1}
      aria-current={isSelected ? 'true' : undefined}
      className={classes['row']}
      style={{ top: HEAD + row * ROW }}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- The grid has the keys. */}
      <span role="rowheader" {...cell(0)} className={classes['id']} onClick={() => onPress({ row, column: 0 })}>
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
      <span role="gridcell" {...cell(1)} className={classes['total']}>
        {text.facts.count(nodeCount(cluster))}
      </span>
      <span role="presentation" className={classes['gap']} style={{ width: columnFrom * COLUMN }} />
      {columns.map(({ templateId, column: { most } }, at) => (
        <Cell key={templateId} place={cell(columnFrom + at + 2)} {...{ cluster, templateId, measure, most }} />
      ))}
    </div>
  );
});

interface CellProps {
  readonly place: object;
  readonly cluster: VirtualCluster;
  readonly templateId: string;
  readonly measure: Measure;
  readonly most: number;
}

function Cell({ place, cluster, templateId, measure, most }: CellProps) {
  const value = cellOf(cluster, templateId, measure);
  const id = readableClusterId(cluster.id);
  const shared = { role: 'gridcell', ...place, className: classes['cell'] } as const;
  if (value === null)
    return (
      <span {...shared} data-quiet title={words.noneTitle(id, templateId)}>
        {words.none}
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
        </span>
      );
    return (
      <span {...shared} data-last-known title={text.joins.asOfWhy(text.facts.asOf(fullTimeText(last.at)), why)}>
        {text.facts.count(last.value)}
      </span>
    );
  }
  return (
    <span
      {...shared}
      data-quiet={value.value === 0 ? true : undefined}
      data-heat={heatOf(cluster, templateId, measure, most)}
      title={words.cell(id, value.value, measure, templateId)}
    >
      {text.facts.count(value.value)}
    </span>
  );
}
