import { Button } from '@mantine/core';
import { Suspense, type ReactNode } from 'react';
import { text } from '../../text/text.ts';
import type { ListQuery } from './list-query.ts';
import type { ListBody } from './list-state.ts';
import classes from './empty-list.module.css';
import { lazyPart } from '../../ui/lazy-part.ts';

const FirstCluster = lazyPart(() => import('./first-cluster.tsx'), 'FirstCluster');
const SuggestButton = lazyPart(() => import('./first-cluster.tsx'), 'SuggestButton');

const words = text.clusters.empty;

interface EmptyListProps {
  readonly body: Exclude<ListBody, { kind: 'rows' | 'loading' }>;
  /** What the rows were asked for. */
  readonly query: ListQuery;
  readonly onClear: () => void;
  /** The button that creates a virtual cluster. */
  readonly children: ReactNode;
}

/** Why there are no rows, and what to do next. */
export function EmptyList({ body, query, onClear, children }: EmptyListProps) {
  return <div className={classes['empty']}>{contentOf({ body, query, onClear, children })}</div>;
}

function contentOf({ body, query, onClear, children }: EmptyListProps) {
  switch (body.kind) {
    case 'never-read':
      return <p className={classes['line']}>{words.neverRead}</p>;
    case 'only-head':
      return (
        <>
          <p className={classes['line']}>{words.onlyHead}</p>
          <p className="quiet">{words.onlyHeadDetail}</p>
        </>
      );
    case 'no-clusters':
      return (
        <>
          <p className={classes['line']}>
            {words.title} {freeText(body.free)}
          </p>
          <div className={classes['first']}>
            <Suspense fallback={null}>
              <FirstCluster />
            </Suspense>
          </div>
          <div className="actions-row">
            {children}
            <Suspense fallback={null}>
              <SuggestButton />
            </Suspense>
          </div>
        </>
      );
    case 'no-match': {
      const filter = query.filter.trim();
      const switched = switchedFilters(query);
      const isOne = switched.length + (filter === '' ? 0 : 1) <= 1;
      return (
        <>
          <p className={classes['line']}>{noMatchText(filter, switched)}</p>
          <Button size="xs" variant="default" onClick={onClear}>
            {isOne ? text.clusters.filter.clear : words.clearAll}
          </Button>
        </>
      );
    }
  }
}

function noMatchText(filter: string, switched: readonly string[]): string {
  if (filter === '') return words.noMatchOf(switched);
  return switched.length === 0 ? words.noMatch(filter) : words.noMatchWith(filter, switched);
}

/** The names of the filters that are set beside the text, in the toolbar's order. */
function switchedFilters({ kind, inUse, deadNodes, mine, nodes }: ListQuery): readonly string[] {
  const names = text.clusters.filter;
  return [
    ...(kind === 'all' ? [] : [names.kinds[kind]]),
    ...(inUse ? [names.inUse] : []),
    ...(deadNodes ? [names.deadNodes] : []),
    ...(mine ? [names.mine] : []),
    ...(nodes === null ? [] : [text.overview.filtered(nodes.part, nodes.templateId)]),
  ];
}

function freeText(free: Extract<ListBody, { kind: 'no-clusters' }>['free']): string {
  if (!free.known) return words.freeUnknown(text.facts.why(free.source, free.reason));
  const { count, atMost } = free.value;
  return atMost && count > 0 ? words.freeAtMost(count) : words.free(count);
}
