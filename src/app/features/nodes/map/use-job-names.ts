import { useMemo } from 'react';
import { useFleet } from '../../../api/console.tsx';
import { shownValue } from '../../../../domain/sourced.ts';

/** The entry point of each job cluster's job, where it is known. */
export function useJobNames(): ReadonlyMap<string, string> {
  const { fleet } = useFleet();
  const clusters = fleet?.clusters;
  const pool = fleet?.pool;
  return useMemo(() => {
    const all = [
      ...[...(clusters?.values() ?? [])].flatMap(({ usedBy }) => shownValue(usedBy)?.value.jobClusters ?? []),
      ...(pool === undefined ? [] : (shownValue(pool.jobClusters)?.value ?? [])),
    ];
    return new Map(
      all.flatMap(({ id, job }) => (job === null || job.entrypoint === null ? [] : [[id, job.entrypoint]])),
    );
  }, [clusters, pool]);
}
