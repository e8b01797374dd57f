import { countByTemplate, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { Simulation } from '../../simulator/simulation.ts';
import type { Job, World } from '../../simulator/engine/world.ts';

/** A virtual cluster as it really was for a while. */
export interface ActualCluster {
  readonly divisible: boolean;
  readonly revision: string;
  readonly replicaSets: ReplicaSets;
  /** The node ids, sorted, as one text. */
  readonly members: string;
  /**
   * Every set of members from which only Ray's own doings led here: replacements (fact 21), and revisions that moved
   * without a change, as when a job starts (fact 6).
   */
  readonly reachedByRayAlone: ReadonlySet<string>;
}

/** From when (ms since 1970, and its place among all that happened) a cluster was so; null: it was not there. */
interface ClusterPeriod {
  readonly at: number;
  readonly order: number;
  readonly cluster: ActualCluster | null;
}

/** One write as Ray met it. */
export interface ObservedWrite {
  readonly order: number;
  readonly at: number;
  /** Which change of a page it was, or which script. */
  readonly tag: string;
  readonly backend: number;
  readonly clusterId: string;
  /** Null: a removal. */
  readonly save: { readonly divisible: boolean; readonly replicaSets: ReplicaSets; readonly revision: string } | null;
  readonly before: ActualCluster | null;
  readonly after: ActualCluster | null;
  readonly tookEffect: boolean;
}

/** All that really happened at the simulated Ray, beside whatever anybody was told of it. */
export interface Oracle {
  /** To be called before and after everything that can change the world: notes what did. */
  observe(): void;
  recordWrite(write: Omit<ObservedWrite, 'order' | 'at' | 'before' | 'after'>, before: ActualCluster | null): void;
  readonly writes: readonly ObservedWrite[];
  current(clusterId: string): ActualCluster | null;
  currentAll(): ReadonlyMap<string, ActualCluster>;
  /** What the cluster was between two times (ms), both included; what it was when the time began comes first. */
  between(clusterId: string, from: number, to: number): readonly (ActualCluster | null)[];
  /** Whether a job's cluster was absent at some time between. */
  jobClusterWasAbsent(id: string, from: number, to: number): boolean;
  /** Whether a cluster ever had these replica sets under this revision. */
  everHad(clusterId: string, revision: string, replicaSets: ReplicaSets): boolean;
  /** All sets of members that a cluster had under a revision. */
  membersAtRevision(clusterId: string, revision: string): ReadonlySet<string>;
  /** Whether a job's cluster is there now. */
  hasJobCluster(id: string): boolean;
  /** Whether Ray's state API answers, which alone shows job clusters: it doesn't while a node is full (fact 18). */
  isStateApiReadable(): boolean;
  /** Whether a job runs, or is about to. */
  isJobActive(submissionId: string): boolean;
  /** How a job that was ever seen stands, or stood when its Ray ended. */
  jobStatus(submissionId: string): Job['status'] | null;
  /** When Ray was started anew, ms. */
  readonly restarts: readonly number[];
  /** Ray told a back end which session it is. */
  recordSessionRead(backend: number): void;
  /** Whether a back end was told Ray's session between a restart and `by`, so that it knew of it by then; both in ms. */
  knewOfRestart(restart: number, backend: number, by: number): boolean;
}

/** So long after Ray told something the back end has taken it in, ms. */
const PROCESSING_MS = 1_000;

export function createOracle(simulation: Simulation): Oracle {
  let seen: { readonly world: World; readonly version: number } | null = null;
  let order = 0;
  const clusters = new Map<string, ClusterPeriod[]>();
  const jobClusters = new Map<string, { readonly at: number; readonly isThere: boolean }[]>();
  const under = new Map<string, { readonly replicaSets: ReplicaSets; readonly members: Set<string> }>();
  const writes: ObservedWrite[] = [];
  const restarts: number[] = [];
  const sessionsTold: { readonly backend: number; readonly at: number }[] = [];
  const jobs = new Map<string, Job['status']>();

  const now = (id: string) => clusters.get(id)?.at(-1)?.cluster ?? null;

  function observe() {
    const world = simulation.world();
    if (seen?.world === world && seen.version === world.version) return;
    if (seen !== null && seen.world !== world) restarts.push(world.now);
    seen = { world, version: world.version };
    order += 1;
    const at = simulation.clock.now();
    for (const { submissionId, status } of world.jobs.values()) jobs.set(submissionId, status);
    for (const id of new Set([...clusters.keys(), ...world.clusters.keys()])) {
      const before = now(id);
      const next = stateOf(world, id, before);
      if (before?.revision === next?.revision && before?.members === next?.members) continue;
      clusters.set(id, [...(clusters.get(id) ?? []), { at, order, cluster: next }]);
      if (next === null) continue;
      const key = `${id} ${next.revision}`;
      const had = under.get(key) ?? { replicaSets: next.replicaSets, members: new Set<string>() };
      had.members.add(next.members);
      under.set(key, had);
    }
    const there = new Set([...world.clusters.values()].flatMap((cluster) => [...cluster.jobClusters.keys()]));
    for (const id of world.primaryJobClusters.keys()) there.add(id);
    for (const id of new Set([...jobClusters.keys(), ...there])) {
      const was = jobClusters.get(id)?.at(-1)?.isThere ?? false;
      if (was !== there.has(id)) jobClusters.set(id, [...(jobClusters.get(id) ?? []), { at, isThere: !was }]);
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
    const onlyByRay = isByRay ? new Set([...before.reachedByRayAlone, members]) : new Set([members]);
    return {
      divisible: cluster.divisible,
      revision,
      replicaSets: countByTemplate(cluster.nodes),
      members,
      reachedByRayAlone: onlyByRay,
    };
  }

  return {
    observe,
    recordWrite(write, before) {
      order += 1;
      writes.push({ ...write, order, at: simulation.clock.now(), before, after: now(write.clusterId) });
    },
    writes,
    current: now,
    currentAll: () =>
      new Map(
        [...clusters.keys()].flatMap((id) => {
          const cluster = now(id);
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
      const had = under.get(`${id} ${revision}`);
      return had !== undefined && equalReplicaSets(had.replicaSets, sets);
    },
    hasJobCluster: (id) => jobClusters.get(id)?.at(-1)?.isThere ?? false,
    isStateApiReadable: () => simulation.world().fullNodeCount === 0,
    isJobActive: (submissionId) =>
      ['PENDING', 'RUNNING'].includes(simulation.world().jobs.get(submissionId)?.status ?? ''),
    jobStatus: (submissionId) => jobs.get(submissionId) ?? null,
    membersAtRevision: (id, revision) => under.get(`${id} ${revision}`)?.members ?? new Set(),
    restarts,
    recordSessionRead: (backend) => void sessionsTold.push({ backend, at: simulation.clock.now() }),
    knewOfRestart: (restart, backend, by) =>
      sessionsTold.some((each) => each.backend === backend && each.at > restart && each.at + PROCESSING_MS < by),
  };
}

/** Written here once more, so that a mistake in the console's own can't hide itself. */
export function equalReplicaSets(a: ReplicaSets, b: ReplicaSets): boolean {
  const text = (sets: ReplicaSets) =>
    JSON.stringify(
      Object.entries(sets)
        .filter(([, count]) => count > 0)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  return text(a) === text(b);
}
