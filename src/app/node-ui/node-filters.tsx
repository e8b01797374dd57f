import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { text } from '../text/text.ts';
import classes from './node-filters.module.css';
import { nodeStates } from '../../contract/nodes.ts';
import { readableClusterId } from '../../domain/cluster-id.ts';
import { compactFilter, parseNodeState } from './node-filter.ts';
import type { NodeFilter } from './use-node-rows.ts';

interface NodeFiltersProps {
  readonly filter: NodeFilter;
  /** The templates to choose from. */
  readonly templateIds: readonly string[];
  /** The virtual clusters to choose from; null where there is nothing to choose. */
  readonly clusterIds: readonly string[] | null;
  readonly change: (filter: NodeFilter) => void;
}

/** How long typing rests before the nodes are asked for, ms. */
const SEARCH_DEBOUNCE_MS = 200;

/** Which nodes to show: by a text in their id, host or template, by template and by state. */
export function NodeFilters({ filter, templateIds, clusterIds, change }: NodeFiltersProps) {
  const words = text.nodes.filter;
  const [typed, setTyped] = useState(filter.q ?? '');
  const [appliedQ, setAppliedQ] = useState(filter.q);
  // Somebody else's change, as by the browser's Back: what stands in the box follows.
  if (filter.q !== appliedQ) {
    setAppliedQ(filter.q);
    setTyped(filter.q ?? '');
  }
  const apply = useDebouncedCallback((q: string) => {
    const next = q.trim() === '' ? undefined : q.trim();
    setAppliedQ(next);
    change(compactFilter({ ...filter, q: next }));
  }, SEARCH_DEBOUNCE_MS);
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
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          apply(event.currentTarget.value);
        }}
      />
      {known.length > 1 && (
        <NativeSelect
          size="xs"
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
      <NativeSelect
        size="xs"
        aria-label={words.state}
        value={filter.state ?? ''}
        onChange={(event) => change(compactFilter({ ...filter, state: parseNodeState(event.currentTarget.value) }))}
        data={[
          { value: '', label: words.states.any },
          ...nodeStates.map((state) => ({ value: state, label: words.states[state] })),
        ]}
      />
    </div>
  );
}

/** A cluster may have any name: what is not one has none of their form. */
const ANY = 'any';
const FREE = 'free';
const CLUSTER = 'cluster:';

function ClusterSelect({
  filter,
  clusterIds,
  change,
}: Pick<NodeFiltersProps, 'filter' | 'change'> & { readonly clusterIds: readonly string[] }) {
  const words = text.nodes.filter;
  const known =
    filter.cluster === undefined || clusterIds.includes(filter.cluster) ? clusterIds : [...clusterIds, filter.cluster];
  return (
    <NativeSelect
      size="xs"
      aria-label={words.cluster}
      value={filter.free === true ? FREE : filter.cluster === undefined ? ANY : CLUSTER + filter.cluster}
      onChange={(event) => {
        const { value } = event.currentTarget;
        change(
          compactFilter({
            ...filter,
            free: value === FREE,
            cluster: value.startsWith(CLUSTER) ? value.slice(CLUSTER.length) : undefined,
          }),
        );
      }}
      data={[
        { value: ANY, label: words.anyCluster },
        { value: FREE, label: words.free },
        ...known.map((id) => ({ value: CLUSTER + id, label: readableClusterId(id) })),
      ]}
    />
  );
}
