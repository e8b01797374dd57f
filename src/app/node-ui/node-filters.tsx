import { TextInput } from '@mantine/core';
import { formatHolder, parseHolder } from '../routing/map-query.ts';
import { text } from '../text/text.ts';
import { useSearchText } from '../ui/use-search-text.ts';
import classes from './node-filters.module.css';
import { nodeStates, parseNodeState } from '../../contract/nodes.ts';
import { readableClusterId } from '../../domain/cluster-id.ts';
import { compactFilter } from './node-filter.ts';
import type { NodeFilter } from './use-node-rows.ts';
import { SelectField } from '../ui/select-field.tsx';

interface NodeFiltersProps {
  readonly filter: NodeFilter;
  readonly templateIds: readonly string[];
  /** Null: the nodes are all of one virtual cluster. */
  readonly clusterIds: readonly string[] | null;
  readonly change: (filter: NodeFilter) => void;
}

/** Filters nodes by a text in their id, host or template, by template, by holder and by state. */
export function NodeFilters({ filter, templateIds, clusterIds, change }: NodeFiltersProps) {
  const words = text.nodes.filter;
  const [typed, type] = useSearchText(filter.q ?? '', (q) => change(compactFilter({ ...filter, q })));
  const known =
    filter.template === undefined || templateIds.includes(filter.template)
      ? templateIds
      : [...templateIds, filter.template];

  return (
    <div className={classes['filters']}>
      <TextInput
        type="search"
        className={classes['text'] ?? ''}
        size="xs"
        aria-label={words.label}
        placeholder={words.label}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      {/* Of the whole fleet also before its templates are known: what stands beside it would move. */}
      {(known.length > 1 || clusterIds !== null) && (
        <SelectField
          aria-label={words.template}
          value={filter.template ?? ''}
          onChange={(event) =>
            change(
              compactFilter({
                ...filter,
                template: event.currentTarget.value === '' ? undefined : event.currentTarget.value,
              }),
            )
          }
          data={[
            { value: '', label: words.anyTemplate },
            ...known.map((templateId) => ({ value: templateId, label: templateId })),
          ]}
        />
      )}
      {clusterIds !== null && <ClusterSelect filter={filter} clusterIds={clusterIds} change={change} />}
      <SelectField
        aria-label={words.state}
        value={filter.state ?? ''}
        onChange={(event) => change(compactFilter({ ...filter, state: parseNodeState(event.currentTarget.value) }))}
        data={[
          { value: '', label: words.states.any },
          ...nodeStates.map((state) => ({
            value: state,
            label: words.states[state === 'idle' && clusterIds !== null ? 'idleOrFree' : state],
          })),
        ]}
      />
    </div>
  );
}

/** The option for nodes of any holder. */
const ANY = 'any';

function ClusterSelect({
  filter,
  clusterIds,
  change,
}: Pick<NodeFiltersProps, 'filter' | 'change'> & { readonly clusterIds: readonly string[] }) {
  const words = text.nodes.filter;
  const known =
    filter.cluster === undefined || clusterIds.includes(filter.cluster) ? clusterIds : [...clusterIds, filter.cluster];
  return (
    <SelectField
      aria-label={words.cluster}
      value={
        filter.free === true ? formatHolder(null) : filter.cluster === undefined ? ANY : formatHolder(filter.cluster)
      }
      onChange={(event) => {
        const holder = parseHolder(event.currentTarget.value);
        change(
          compactFilter({
            ...filter,
            free: holder !== null && holder.clusterId === null,
            cluster: holder?.clusterId ?? undefined,
          }),
        );
      }}
      data={[
        { value: ANY, label: words.anyCluster },
        { value: formatHolder(null), label: words.free },
        ...known.map((id) => ({ value: formatHolder(id), label: readableClusterId(id) })),
      ]}
    />
  );
}
