import { Button } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { text } from '../../text/text.ts';
import type { ListBody } from './list-state.ts';
import classes from './empty-list.module.css';

const FirstCluster = lazy(() => import('./first-cluster.tsx').then((part) => ({ default: part.FirstCluster })));
const SuggestButton = lazy(() => import('./first-cluster.tsx').then((part) => ({ default: part.SuggestButton })));

const words = text.clusters.empty;

interface EmptyListProps {
  readonly body: Exclude<ListBody, { kind: 'rows' | 'loading' }>;
  /** The filter text; empty when only switches filter. */
  readonly filter: string;
  readonly onClear: () => void;
  /** The button that creates a virtual cluster. */
  readonly children: ReactNode;
}

/** Why there are no rows, and what to do next. */
export function EmptyList({ body, filter, onClear, children }: EmptyListProps) {
  return <div className={classes['empty']}>{contentOf({ body, filter, onClear, children })}</div>;
}

function contentOf({ body, filter, onClear, children }: EmptyListProps) {
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
    case 'no-match':
      return (
        <>
          <p className={classes['line']}>{filter === '' ? words.noMatchToggles : words.noMatch(filter)}</p>
          <Button size="xs" variant="default" onClick={onClear}>
            {text.clusters.filter.clear}
          </Button>
        </>
      );
  }
}

function freeText(free: Extract<ListBody, { kind: 'no-clusters' }>['free']): string {
  if (!free.known) return words.freeUnknown(text.facts.why(free.source, free.reason));
  const { count, atMost } = free.value;
  return atMost && count > 0 ? words.freeAtMost(count) : words.free(count);
}
