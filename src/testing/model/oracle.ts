import { countByTemplate, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { Simulation } from '../../simulator/simulation.ts';
import type { Job, World } from '../../simulator/engine/world.ts';

/** The actual state of a virtual cluster during some period. */
export interface ActualCluster {
  readonly divisible: boolean;
  readonly revision: string;
  readonly replicaSets: ReplicaSets;
  /** The node ids, sorted, as one text. */
  readonly members: string;
  /**
   * Every set of members from which Ray alone led here: by replacements (fact 21), and by revisions that moved without a
   * change, as when a job starts (fact 6).
   */
  readonly reachedByRayAlone: ReadonlySet<string>;
}

/** The state of a cluster from a point in time (ms since 1970, and a sequence number); null: the cluster did not exist. */
interface ClusterPeriod {
  readonly at: number;
  readonly order: number;
  readonly cluster: ActualCluster | null;
}

/** One write as it reached Ray. */
export interface ObservedWrite {
  readonly order: number;
  readonly at: number;
  /** The id of the change, or the name of the script. */
  readonly tag: string;
  readonly backend: number;
  readonly clusterId: string;
  /** Null for a removal. */
  readonly save: { readonly divisible: boolean; readonly replicaSets: ReplicaSets; readonly revision: string } | null;
  readonly before: ActualCluster | null;
  readonly after: ActualCluster | null;
  readonly tookEffect: boolean;
}

/** The full history of the simulated Ray, recorded independently of every reply. */
export interface Oracle {
  /** Records what changed since the last call. To be called before and after everything that can change Ray's state. */
  observe(): void;
  recordWrite(write: Omit<ObservedWrite, 'order' | 'at' | 'before' | 'after'>, before: ActualCluster | null): void;
  readonly writes: readonly ObservedWrite[];
  current(clusterId: string): ActualCluster | null;
  currentAll(): ReadonlyMap<string, ActualCluster>;
  /** The cluster's states between two times (ms, inclusive); the first is the state at the beginning. */
  between(clusterId: string, from: number, to: number): readonly (ActualCluster | null)[];
  /** Whether a job cluster was absent at some time in the interval. */
  jobClusterWasAbsent(id: string, from: number, to: number): boolean;
  /** Whether a cluster ever had these replica sets under this revision. */
  everHad(clusterId: string, revision: string, replicaSets: ReplicaSets): boolean;
  /** Every set of members that a cluster had under a revision. */
  membersAtRevision(clusterId: string, revision: string): ReadonlySet<string>;
  /** Whether a job cluster exists now. */
  hasJobCluster(id: string): boolean;
  /** Whether Ray's state API works, the only source of job clusters: it fails while a node is full (fact 18). */
  isStateApiReadable(): boolean;
  /** Whether a job is pending or running. */
  isJobActive(submissionId: string): boolean;
  /** The last status of a job, also of one that ended with its Ray session. */
  jobStatus(submissionId: string): Job['status'] | null;
  /** When Ray was restarted, ms since 1970. */
  readonly restarts: readonly number[];
  /** A back end read Ray's session name. */
  recordSessionRead(backend: number): void;
  /** Whether a back end read Ray's session name between a restart and `by`, so that it knew of the restart by then; both ms since 1970. */
  knewOfRestart(restart: number, backend: number, by: number): boolean;
}

/** How long a back end takes at most to process a reply, ms. */
const PROCESSING_MS = 1_000;

export function createOracle(simulation: Simulation): Oracle {
  let observed: { readonly world: World; readonly version: number } | null = null;
  let order = 0;
  const clusters = new Map<string, ClusterPeriod[]>();
  const jobClusters = new Map<string, { readonly at: number; readonly isThere: boolean }[]>();
  const byRevision = new Map<string, { readonly replicaSets: ReplicaSets; readonly members: Set<string> }>();
  const writes: ObservedWrite[] = [];
  const restarts: number[] = [];
  const sessionReads: { readonly backend: number; readonly at: number }[] = [];
  const jobs = new Map<string, Job['status']>();

  const currentOf = (id: string) => clusters.get(id)?.at(-1)?.cluster ?? null;

  function observe() {
    const world = simulation.world();
    if (observed?.world === world && observed.version === world.version) return;
    if (observed !== null && observed.world !== world) restarts.push(world.now);
    observed = { world, version: world.version };
    order += 1;
    const at = simulation.clock.now();
    for (const { submissionId, status } of world.jobs.values()) jobs.set(submissionId, status);
    for (const id of new Set([...clusters.keys(), ...world.clusters.keys()])) {
      const before = currentOf(id);
      const next = stateOf(world, id, before);
      if (before?.revision === next?.revision && before?.members === next?.members) continue;
      clusters.set(id, [...(clusters.get(id) ?? []), { at, order, cluster: next }]);
      if (next === null) continue;
      const key = `${id} ${next.revision}`;
      const had = byRevision.get(key) ?? { replicaSets: next.replicaSets, members: new Set<string>() };
      had.members.add(next.members);
      byRevision.set(key, had);
    }
    const presentIds = new Set([...world.clusters.values()].flatMap((cluster) => [...cluster.jobClusters.keys()]));
    for (const id of world.primaryJobClusters.keys()) presentIds.add(id);
    for (const id of new Set([...jobClusters.keys(), ...presentIds])) {
      const was = jobClusters.get(id)?.at(-1)?.isThere ?? false;
      if (was !== presentIds.has(id)) jobClusters.set(id, [...(jobClusters.get(id) ?? []), { at, isThere: !was }]);
    }
  }

  function stateOf(world: World, id: string, before: ActualCluster | null): ActualCluster | null {
    const cluster = world.clusters.get(id);
    if (cluster === undefined) return null;
    const members = [...cluster.nodes]
      .map((node) => node.id)
      .sort()
      .join(' ');
    const revision = String(cluster.revision);
    const isByRay = before !== null && (before.revision === revision || before.members === members);
    const reachedByRayAlone = isByRay ? new Set([...before.reachedByRayAlone, members]) : new Set([members]);
    return {
      divisible: cluster.divisible,
      revision,
      replicaSets: countByTemplate(cluster.nodes),
      members,
      reachedByRayAlone,
    };
  }

  return {
    observe,
    recordWrite(write, before) {
      order += 1;
      writes.push({ ...write, order, at: simulation.clock.now(), before, after: currentOf(write.clusterId) });
    },
    writes,
    current: currentOf,
    currentAll: () =>
      new Map(
        [...clusters.keys()].flatMap((id) => {
          const cluster = currentOf(id);
          return cluster === null ? [] : [[id, cluster]];
        }),
      ),
    between(id, from, to) {
      const all: readonly ClusterPeriod[] = clusters.get(id) ?? [];
      const first = all.findLast((each) => each.at < from)?.cluster ?? null;
      return [first, ...all.filter((each) => each.at >= from && each.at <= to).map((each) => each.cluster)];
    },
    jobClusterWasAbsent(id, from, to) {
      const all = jobClusters.get(id) ?? [];
      const first = all.findLast((each) => each.at < from)?.isThere ?? false;
      return !first || all.some((each) => each.at >= from && each.at <= to && !each.isThere);
    },
    everHad(id, revision, sets) {
      const had = byRevision.get(`${id} ${revision}`);
      return had !== undefined && equalReplicaSets(had.replicaSets, sets);
    },
    hasJobCluster: (id) => jobClusters.get(id)?.at(-1)?.isThere ?? false,
    isStateApiReadable: () => simulation.world().fullNodeCount === 0,
    isJobActive: (submissionId) =>
      ['PENDING', 'RUNNING'].includes(simulation.world().jobs.get(submissionId)?.status ?? ''),
    jobStatus: (submissionId) => jobs.get(submissionId) ?? null,
    membersAtRevision: (id, revision) => byRevision.get(`${id} ${revision}`)?.members ?? new Set(),
    restarts,
    recordSessionRead: (backend) => void sessionReads.push({ backend, at: simulation.clock.now() }),
    knewOfRestart: (restart, backend, by) =>
      sessionReads.some((each) => each.backend === backend && each.at > restart && each.at + PROCESSING_MS < by),
  };
}

/** A deliberate second implementation, so that a mistake in the production code can't hide itself. */
export function equalReplicaSets(a: ReplicaSets, b: ReplicaSets): boolean {
  const text = (sets: ReplicaSets) =>
    JSON.stringify(
      Object.entries(sets)
        .filter(([, count]) => count > 0)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  return text(a) === text(b);
}
