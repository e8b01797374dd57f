import { useCallback, useMemo, type ReactNode } from 'react';
import { useFleet } from '../../../api/console.tsx';
import type { NodesFilter } from '../list-query.ts';
import { useListFailing } from '../use-list-failing.ts';
import { useListQuery } from '../use-list-query.ts';
import { Overview } from './overview.tsx';

interface FleetOverviewProps {
  /** Beside the list, as high as the page; else above it. */
  readonly isRail: boolean;
  readonly side: ReactNode;
}

/** The overview of the fleet that the page knows; its bars set the list's filter in the URL. */
export function FleetOverview({ isRail, side }: FleetOverviewProps) {
  const { fleet } = useFleet();
  const isFailing = useListFailing();
  const { query, change } = useListQuery();
  // A stable identity, so that a typed key does not render the overview.
  const { part, templateId } = query.nodes ?? {};
  const filter = useMemo(
    () => (part === undefined || templateId === undefined ? null : { part, templateId }),
    [part, templateId],
  );
  const onFilter = useCallback((nodes: NodesFilter | null) => change({ nodes }), [change]);
  return (
    <Overview
      fleet={fleet}
      isLoading={(fleet?.sources.list.readAt ?? null) === null && !isFailing}
      filter={filter}
      onFilter={onFilter}
      isRail={isRail}
      side={side}
    />
  );
}
