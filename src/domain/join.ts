import { PRIMARY_CLUSTER_ID } from './cluster-id.ts';
import { current, known, reading, type SourceState } from './sourced.ts';
import type { Fleet, FleetNode, VirtualCluster } from './fleet.ts';
import { joinFreePool } from './free-pool.ts';
import {
  createUsageLookup,
  observeJobClusters,
  pruneRemoved,
  type RemovedIds,
  type JobReadings,
  type KnownJobClusters,
} from './job-clusters.ts';
import { emptyIndex, indexNodes, type NodeIndex } from './node-index.ts';
import { joinNodes } from './join-nodes.ts';
import { createAbsenceTracker, livenessSource, type Absence } from './node-states.ts';
import { reuseIfEqual } from './deep-equal.ts';
import type { ListedCluster, ListedJob, LiveNode, StateCluster, SummaryNode, Supervisor } from './sources.ts';
import { whyOmitted } from './template-counts.ts';

/** What the fleet is made of. The list's reading may hold what writes have said since; then it arrived when they did. */
export interface FleetSources {
  readonly list: SourceState<readonly ListedCluster[]>;
  readonly liveness: SourceState<readonly LiveNode[]>;
  readonly state: SourceState<readonly StateCluster[]>;
  readonly summary: SourceState<readonly SummaryNode[]>;
  readonly actors: SourceState<readonly Supervisor[]>;
  readonly jobs: SourceState<readonly ListedJob[]>;
}

/** What outlives a reading. It holds no more nodes than the last readings do. */
export interface FleetMemory {
  /** Nodes as they were last known: a node's template never changes (fact 19), and no source tells it always; nor which node is the head. */
  readonly knownNodes: ReadonlyMap<string, FleetNode>;
  /** What was joined last: whatever says the same again is the same object again. */
  readonly fleet: Fleet | null;
  readonly jobClusters: KnownJobClusters;
  readonly removed: RemovedIds;
  readonly absences: ReadonlyMap<string, Absence>;
  /** When the first list arrived; null before. */
  readonly listedSince: number | null;
  /** Of the readings that were joined last, so that each is indexed once. */
  readonly index: NodeIndex;
}

/** How many ids are remembered as gone. */
const MAX_REMOVED = 1_000;

export function emptyMemory(): FleetMemory {
  return {
    knownNodes: new Map(),
    fleet: null,
    jobClusters: new Map(),
    removed: new Map(),
    absences: new Map(),
    listedSince: null,
    index: emptyIndex(),
  };
}

/**
 * A job cluster was released, or a virtual cluster deleted with all that was in it: no reading begun before brings
 * its job clusters back. `at`: when the write's reply came, ms since 1970.
 */
export function forgetCluster(memory: FleetMemory, clusterId: string, at: number): FleetMemory {
  const others = [...memory.removed].filter(([id]) => id !== clusterId);
  return { ...memory, removed: new Map([...others.slice(-(MAX_REMOVED - 1)), [clusterId, at]]) };
}

/**
 * All sources as one fleet. Each fact is unknown by itself where its source is: never zero, never an older value. A
 * node, a cluster, the pool, or all nodes, that are what they were in the memory's fleet are the same objects.
 */
export function joinFleet(sources: FleetSources, memory: FleetMemory): { fleet: Fleet; memory: FleetMemory } {
  const state = current(sources.state, 'state');
  const liveness = current(sources.liveness, 'liveness');
  const actors = current(sources.actors, 'actors');
  const list = sources.list.last?.value ?? [];
  const listArrivedAt = sources.list.last?.arrivedAt ?? null;

  const running: JobReadings = { state: reading(sources.state), actors: reading(sources.actors) };
  const listed = new Set(list.map((cluster) => cluster.id));
  const seen = observeJobClusters(running, memory.jobClusters, memory.removed, (id) => listed.has(id));
  const jobHolders = new Map<string, string>();
  for (const [id, { nodeIds }] of seen) for (const nodeId of nodeIds) jobHolders.set(nodeId, id);
  const index = indexNodes(sources, memory.index);
  const absences = createAbsenceTracker(listArrivedAt, nodeListBegunAt(sources), memory.absences);
  const listedSince = memory.listedSince ?? listArrivedAt;
  const { nodes, learned, counters } = joinNodes(sources, index, jobHolders, absences, memory);

  const usedBy = createUsageLookup({
    seen,
    state,
    actors,
    jobs: current(sources.jobs, 'jobs'),
    templateOf: (nodeId) => learned.get(nodeId)?.templateId ?? null,
  });
  const countSources = {
    states: livenessSource(liveness, state) ?? 'liveness',
    usage: state.known ? 'state' : 'summary',
    whyDoubtful: whyOmitted(liveness),
  } as const;
  const before = memory.fleet;
  const clusters = new Map<string, VirtualCluster>();
  for (const { id, divisible, revision } of list) {
    const templates = counters.get(id)?.counts(countSources) ?? [];
    clusters.set(
      id,
      reuseIfEqual(before?.clusters.get(id), { id, divisible, revision, templates, usedBy: usedBy(id, divisible) }),
    );
  }
  const poolUsedBy = usedBy(PRIMARY_CLUSTER_ID, true);
  const jobClusters = poolUsedBy.known ? known(poolUsedBy.value.jobClusters, poolUsedBy.source) : poolUsedBy;
  const pool = reuseIfEqual(before?.pool, { ...joinFreePool(sources, nodes, listedSince), jobClusters });
  const fleet = { clusters, pool, nodes };
  return {
    fleet,
    memory: {
      knownNodes: learned,
      fleet,
      jobClusters: seen,
      removed: pruneRemoved(memory.removed, running),
      absences: absences.recorded(),
      listedSince,
      index,
    },
  };
}

/** When the current reading of all nodes began: the explicit one, else the state API, which dead nodes leave (fact 20). */
function nodeListBegunAt(sources: FleetSources): number | null {
  return (reading(sources.liveness) ?? reading(sources.state))?.begunAt ?? null;
}
