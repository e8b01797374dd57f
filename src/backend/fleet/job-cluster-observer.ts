import type { Clock } from '../../clock.ts';
import { PRIMARY_CLUSTER_ID } from '../../domain/cluster-id.ts';
import type { Fleet, JobCluster } from '../../domain/fleet.ts';
import type { ObservationRecorder } from '../journal/observation-recorder.ts';
import { cut } from './cluster-sightings.ts';

/** Records which job clusters began and which ended between two looks. */
export interface JobClusterObserver {
  look(fleet: Fleet): void;
  /** Forgets what was seen: this is another Ray. */
  reset(): void;
}

export function createJobClusterObserver({
  recorder,
  clock,
}: {
  readonly recorder: Pick<ObservationRecorder, 'record'>;
  readonly clock: Clock;
}): JobClusterObserver {
  /** Job clusters by their parent, where they are known. */
  let seen: ReadonlyMap<string, ReadonlyMap<string, JobCluster>> = new Map();

  function record(kind: 'job-cluster-started' | 'job-cluster-ended', parentId: string, jobCluster: JobCluster) {
    const entrypoint = jobCluster.job?.entrypoint ?? null;
    recorder.record(
      {
        kind,
        clusterId: parentId === PRIMARY_CLUSTER_ID ? null : parentId,
        submissionId: cut(jobCluster.submissionId),
        entrypoint: entrypoint === null ? null : cut(entrypoint),
      },
      clock.now(),
    );
  }

  /** Those of one parent now, after what differs from the last look was recorded. */
  function compare(parentId: string, all: readonly JobCluster[]): ReadonlyMap<string, JobCluster> {
    // One that is only remembered, and may still be there, has neither begun nor ended.
    const now = new Map(all.map((each) => [each.id, each]));
    const before = seen.get(parentId);
    if (before === undefined) return now;
    for (const [id, each] of now) if (!before.has(id)) record('job-cluster-started', parentId, each);
    for (const [id, each] of before) if (!now.has(id)) record('job-cluster-ended', parentId, each);
    return now;
  }

  return {
    look({ clusters, pool }) {
      const next = new Map<string, ReadonlyMap<string, JobCluster>>();
      /** `all` null: not known now. */
      const take = (parentId: string, all: readonly JobCluster[] | null) => {
        const now = all === null ? seen.get(parentId) : compare(parentId, all);
        if (now !== undefined) next.set(parentId, now);
      };
      for (const { id, usedBy } of clusters.values()) take(id, usedBy.known ? usedBy.value.jobClusters : null);
      take(PRIMARY_CLUSTER_ID, pool.jobClusters.known ? pool.jobClusters.value : null);
      seen = next;
    },
    reset() {
      seen = new Map();
    },
  };
}
