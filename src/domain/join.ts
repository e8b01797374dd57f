import { PRIMARY_CLUSTER_ID } from './cluster-id.ts';
import { current, known, unknown, type Fact, type Reading, type SourceState } from './fact.ts';
import type { Fleet, FleetNode, VirtualCluster } from './fleet.ts';
import { joinPool } from './free-pool.ts';
import { createUsedBy, seeJobClusters, stillToRemember, type GoneIds, type Running, type SeenJobClusters } from './job-clusters.ts';
import { emptyIndex, indexNodes, type NodeIndex } from './node-index.ts';
import { livenessSource, noteAbsences, stateOf, type Absence, type Roster } from './node-states.ts';
import type { ListedCluster, ListedJob, LiveNode, Member, StateCluster, StateNode, SummaryNode, Supervisor, Usage } from './sources.ts';
import { countMembers, leftOut } from './template-counts.ts';

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
  /** A node's template never changes (fact 19), and no source tells it always; nor which node is the head. */
  readonly learned: ReadonlyMap<string, Learned>;
  readonly jobClusters: SeenJobClusters;
  readonly gone: GoneIds;
  readonly absences: ReadonlyMap<string, Absence>;
  /** When the first list arrived; null before. */
  readonly listedSince: number | null;
  /** Of the readings that were joined last, so that each is indexed once. */
  readonly index: NodeIndex;
}

type Learned = Pick<FleetNode, 'templateId' | 'hostname' | 'isHead'>;

/** How many ids are remembered as gone. */
const KEPT_GONE = 1_000;

export function emptyMemory(): FleetMemory {
  return {
    learned: new Map(),
    jobClusters: new Map(),
    gone: new Map(),
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
  const others = [...memory.gone].filter(([id]) => id !== clusterId);
  return { ...memory, gone: new Map([...others.slice(-(KEPT_GONE - 1)), [clusterId, at]]) };
}

/** All sources as one fleet. Each fact is unknown by itself where its source is: never zero, never an older value. */
export function joinFleet(sources: FleetSources, memory: FleetMemory): { fleet: Fleet; memory: FleetMemory } {
  const state = current(sources.state, 'state');
  const liveness = current(sources.liveness, 'liveness');
  const actors = current(sources.actors, 'actors');
  const list = sources.list.last?.value ?? [];
  const listArrivedAt = sources.list.last?.arrivedAt ?? null;

  const running: Running = { state: reading(sources.state), actors: reading(sources.actors) };
  const listed = new Set(list.map((cluster) => cluster.id));
  const seen = seeJobClusters(running, memory.jobClusters, memory.gone, (id) => listed.has(id));
  const jobHolders = new Map<string, string>();
  for (const [id, { nodeIds }] of seen) for (const nodeId of nodeIds) jobHolders.set(nodeId, id);
  const index = indexNodes(sources, memory.index);
  const absences = noteAbsences(list, listArrivedAt, rosterOf(sources, index), memory.absences);
  const listedSince = memory.listedSince ?? listArrivedAt;
  const { nodes, learned } = joinNodes(sources, index, jobHolders, absences, memory.learned);

  const usedBy = createUsedBy({
    seen,
    state,
    actors,
    jobs: current(sources.jobs, 'jobs'),
    templateOf: (nodeId) => learned.get(nodeId)?.templateId ?? null,
  });
  const told = {
    states: livenessSource(liveness, state) ?? 'liveness',
    usage: state.known ? 'state' : 'summary',
    whyDoubtful: leftOut(liveness),
  } as const;
  const clusters = new Map<string, VirtualCluster>();
  for (const { id, divisible, revision, members } of list) {
    clusters.set(id, { id, divisible, revision, templates: countMembers(members, nodes, told), usedBy: usedBy(id, divisible) });
  }
  const poolUsedBy = usedBy(PRIMARY_CLUSTER_ID, true);
  const jobClusters = poolUsedBy.known ? known(poolUsedBy.value.jobClusters, poolUsedBy.source) : poolUsedBy;
  return {
    fleet: { clusters, pool: { ...joinPool(sources, nodes, listedSince), jobClusters }, nodes },
    memory: { learned, jobClusters: seen, gone: stillToRemember(memory.gone, running), absences, listedSince, index },
  };
}

/** Each node as known, and what is learned of it for later: only of nodes that some last reading has. */
function joinNodes(
  sources: FleetSources,
  index: NodeIndex,
  jobHolders: ReadonlyMap<string, string>,
  absences: ReadonlyMap<string, Absence>,
  learned: FleetMemory['learned'],
): { readonly nodes: ReadonlyMap<string, FleetNode>; readonly learned: FleetMemory['learned'] } {
  const live = sources.liveness.failure === null ? index.live.byId : nothing;
  const inState = sources.state.failure === null ? index.inState.byId : nothing;
  const summed = sources.summary.failure === null ? index.summed.byId : nothing;
  const supervised = new Set((reading(sources.actors)?.value ?? []).map((each) => each.nodeId));
  const summary = current(sources.summary, 'summary');
  const noUsage: Fact<never> = summary.known ? unknown('not-offered', 'summary') : summary;
  const nodes = new Map<string, FleetNode>();

  /** Each look-up is done only where it can tell: there may be 100,000 nodes. */
  const join = (id: string, clusterId: string | null, member: Member | undefined): void => {
    const alive = live.get(id);
    const stateNode = inState.get(id);
    const sum = stateNode === undefined || alive === undefined ? summed.get(id) : undefined;
    // Ray gives an empty text for what it doesn't know.
    const templateId = member?.templateId || stateNode?.templateId || sum?.templateId;
    const hostname = member?.hostname || stateNode?.hostname || sum?.hostname;
    const isHead = alive?.isHead ?? sum?.isHead;
    const before = templateId && hostname && isHead !== undefined ? undefined : learned.get(id);
    const usage = usageOf(stateNode, sum) ?? noUsage;
    nodes.set(id, {
      id,
      hostname: hostname || (before?.hostname ?? null),
      templateId: templateId || (before?.templateId ?? null),
      clusterId,
      jobClusterId: jobHolders.get(id) ?? null,
      state: stateOf(alive, stateNode, absences.get(id)),
      isHead: isHead ?? before?.isHead ?? false,
      usage,
      busy: supervised.has(id) ? known(true, 'actors') : busyOf(usage),
    });
  };
  for (const cluster of sources.list.last?.value ?? []) for (const [id, member] of cluster.members) join(id, cluster.id, member);
  for (const byId of [live, inState, summed]) for (const id of byId.keys()) if (!nodes.has(id)) join(id, null, undefined);

  // Nothing is said of a failing source's nodes, but what was learned of them is kept: their templates never change.
  const kept = new Map<string, Learned>();
  for (const byId of [index.live.byId, index.inState.byId, index.summed.byId, jobHolders]) {
    if (byId === live || byId === inState || byId === summed) continue;
    for (const id of byId.keys()) {
      const before = nodes.has(id) ? undefined : learned.get(id);
      if (before !== undefined) kept.set(id, before);
    }
  }
  return { nodes, learned: kept.size === 0 ? nodes : new Map<string, Learned>([...nodes, ...kept]) };
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

function usageOf(inState: StateNode | undefined, summed: SummaryNode | undefined): Fact<Usage> | null {
  if (inState !== undefined) return known(inState.usage, 'state');
  const usage = summed?.usage ?? null;
  return usage === null ? null : known(usage, 'summary');
}

function busyOf(usage: Fact<Usage>): Fact<boolean> {
  if (!usage.known) return usage;
  return known((usage.value.cpu?.used ?? 0) > 0 || (usage.value.gpu?.used ?? 0) > 0, usage.source);
}

/** A current reading of all nodes: the explicit one, else the state API, which dead nodes leave (fact 20). */
function rosterOf(sources: FleetSources, index: NodeIndex): Roster | null {
  const live = reading(sources.liveness);
  const inState = reading(sources.state);
  const roster = live ?? inState;
  if (roster === null) return null;
  const has = (id: string) => (live !== null && index.live.byId.has(id)) || (inState !== null && index.inState.byId.has(id));
  return { begunAt: roster.begunAt, has };
}

/** A source's reading while its latest read is good. */
function reading<T>(source: SourceState<T>): Reading<T> | null {
  return source.failure === null ? source.last : null;
}
