import { nodeSorts } from '../../contract/nodes.ts';
import { text } from '../text/text.ts';
import { sortOptionOf, withSortOption } from './node-filter.ts';
import type { NodeFilter } from './use-node-rows.ts';
import { SelectField } from '../ui/select-field.tsx';

interface NodeSortSelectProps {
  readonly filter: NodeFilter;
  /** False for the nodes of one virtual cluster, which cannot be sorted by cluster. */
  readonly isOfFleet: boolean;
  readonly change: (filter: NodeFilter) => void;
}

/** Chooses the order where rows are blocks, which have no headings to click. */
export function NodeSortSelect({ filter, isOfFleet, change }: NodeSortSelectProps) {
  const words = text.nodes.sort;
  const orders = nodeSorts.flatMap((by) => {
    if (by === 'cluster' && !isOfFleet) return [];
    const column = text.nodes.head[by === 'id' ? 'node' : by];
    return [
      { value: by, label: words.by(column, false) },
      { value: `${by} desc`, label: words.by(column, true) },
    ];
  });
  return (
    <SelectField
      aria-label={words.label}
      value={sortOptionOf(filter)}
      onChange={(event) => change(withSortOption(filter, event.currentTarget.value))}
      data={[{ value: '', label: words.none }, ...orders]}
    />
  );
}
