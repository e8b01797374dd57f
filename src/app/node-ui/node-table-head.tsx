import type { NodeSort } from '../../contract/nodes.ts';
import { text } from '../text/text.ts';
import { toggleSort } from './node-filter.ts';
import classes from './node-table.module.css';
import type { NodeFilter } from './use-node-rows.ts';

interface NodeColumn {
  readonly name: keyof typeof text.nodes.head;
  /** The order that its heading sorts by; null: none. */
  readonly by: NodeSort | null;
}

interface Sorting {
  readonly filter: NodeFilter;
  /** Called with the filter to apply after a click on a heading; null where headings can't be clicked. */
  readonly sort: ((filter: NodeFilter) => void) | null;
}

/** The columns of a table of nodes. In a block, GPUs stand with CPUs and jobs with what they are in. */
export function nodeColumns(isOfFleet: boolean, hasAll: boolean): readonly NodeColumn[] {
  return [
    { name: 'node', by: 'id' },
    { name: 'host', by: 'host' },
    { name: 'template', by: 'template' },
    { name: 'state', by: 'state' },
    { name: 'cpu', by: 'cpu' },
    ...(hasAll ? [{ name: 'gpu', by: 'gpu' } as const] : []),
    { name: 'memory', by: 'memory' },
    { name: 'objectStore', by: 'objectStore' },
    ...(isOfFleet ? [{ name: 'cluster', by: 'cluster' } as const] : []),
    ...(hasAll || !isOfFleet ? [{ name: 'jobCluster', by: null } as const] : []),
  ];
}

/** Where rows are blocks, the headings are visually hidden, so nothing in them may take the focus: `sort` is null. */
export function NodeTableHead({ columns, ...sorting }: Sorting & { readonly columns: readonly NodeColumn[] }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <Heading key={column.name} {...column} {...sorting} />
        ))}
      </tr>
    </thead>
  );
}

function Heading({ name, by, filter, sort }: NodeColumn & Sorting) {
  const isSorted = by !== null && filter.sort === by;
  const direction = filter.order === 'desc' ? 'descending' : 'ascending';
  const label = text.nodes.head[name];
  return (
    <th scope="col" data-column={name} aria-sort={isSorted ? direction : undefined}>
      {sort === null || by === null ? (
        label
      ) : (
        <button
          type="button"
          className={classes['sort']}
          data-sorted={isSorted}
          onClick={() => sort(toggleSort(filter, by))}
        >
          {label}
          <span aria-hidden="true" className={classes['arrow']}>
            {isSorted ? (direction === 'ascending' ? '▲' : '▼') : ''}
          </span>
        </button>
      )}
    </th>
  );
}
