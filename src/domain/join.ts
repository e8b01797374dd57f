import { PRIMARY_CLUSTER_ID, splitJobClusterId } from './cluster-id.ts';
import { current, known, unknown, type Fact, type SourceState } from './fact.ts';
import type { ClusterJob, Fleet, FleetNode, JobCluster, NodeState, TemplateNodes, UsedBy } from './fleet.ts';
import { joinPool } from './free-pool.ts';
import { compareTemplates, countByTemplate } from './replica-sets.ts';
import type { ListedCluster, ListedJob, LiveNode, StateCluster, SummaryNode, Supervisor, Usage } from './sources.ts';

/** What the fleet is made of. */
export interface FleetSources {
  readonly list: SourceState<readonly ListedCluster[]>;
  readonly liveness: SourceState<readonly LiveNode[]>;
  readonly state: SourceState<readonly StateCluster[]>;
  readonly summary: SourceState<readonly SummaryNode[]>;
  readonly actors: SourceState<readonly Supervisor[]>;
  readonly jobs: SourceState<readonly ListedJob[]>;
}

/** What outlives a reading. */
export interface FleetMemory {
  /** A node's template never changes; a dead one's is told no more. */
  readonly templates: ReadonlyMap<string, string>;
  readonly hostnames: ReadonlyMap<string, string>;
  /** Job clusters by id as last seen: Ray shows a leftover nowhere but in its state API. */
  readonly jobClusters: ReadonlyMap<string, { readonly nodeIds: readonly string[]; readonly seenAt: number }>;
}

export function emptyMemory(): FleetMemory {
  return { templates: new Map(), hostnames: new Map(), jobClusters: new Map() };
}

/** All sources as one fleet. Each fact is unknown by itself where its source is: never zero, never an older value. */
export function joinFleet(sources: FleetSources, memory: FleetMemory): { fleet: Fleet; memory: FleetMemory } {
  const state = current(sources.state, 'state');
  const liveness = current(sources.liveness, 'liveness');
  const summary = current(sources.summary, 'summary');
  const actors = current(sources.actors, 'actors');
  const jobs = current(sources.jobs, 'jobs');
  const list = sources.list.last?.value ?? [];

  const stateNodes = new Map(state.known ? state.value.flatMap((cluster) => [...cluster.nodes]) : []);
  const live = new Map(liveness.known ? liveness.value.map((node) => [node.nodeId, node]) : []);
  const summed = new Map(summary.known ? summary.value.map((node) => [node.nodeId, node]) : []);
  const supervisors = actors.known ? actors.value : [];
  // Reversed, so that of two with one submission id the first stays.
  const supervisorOf = new Map(supervisors.toReversed().map((each) => [each.submissionId, each]));
  const supervisedNodes = new Set(supervisors.map((each) => each.nodeId));
  const jobsById = new Map(jobs.known ? jobs.value.map((job) => [job.submissionId, job]) : []);

  const templates = new Map(memory.templates);
  const hostnames = new Map(memory.hostnames);
  const learn = (nodeId: string, member: { readonly templateId: string; readonly hostname: string }): void => {
    if (member.templateId !== '') templates.set(nodeId, member.templateId);
    if (member.hostname !== '') hostnames.set(nodeId, member.hostname);
  };
  for (const [id, node] of summed) learn(id, node);
  for (const [id, node] of stateNodes) learn(id, node);
  for (const cluster of list) for (const [id, member] of cluster.members) learn(id, member);

  const listedIds = new Set(list.map((cluster) => cluster.id));
  const remembered = rememberJobClusters();
  const holder = new Map(list.flatMap((cluster) => [...cluster.members.keys()].map((id) => [id, cluster.id])));
  const jobHolder = new Map([...remembered].flatMap(([id, each]) => each.nodeIds.map((nodeId) => [nodeId, id])));

  const nodes = new Map<string, FleetNode>();
  for (const id of new Set([...holder.keys(), ...live.keys(), ...stateNodes.keys(), ...summed.keys()])) {
    nodes.set(id, nodeOf(id));
  }

  const nextMemory: FleetMemory = { templates, hostnames, jobClusters: remembered };
  const clusters = new Map(
    list.map((cluster) => {
      const usedBy = usedByOf(cluster.id);
      return [
        cluster.id,
        { id: cluster.id, divisible: cluster.divisible, revision: cluster.revision, templates: countsOf(cluster), usedBy },
      ] as const;
    }),
  );
  const poolJobs = usedByOf(PRIMARY_CLUSTER_ID);
  const jobClusters = poolJobs.known ? known(poolJobs.value.jobClusters, poolJobs.source) : poolJobs;
  return { fleet: { clusters, pool: { ...joinPool(sources, nodes), jobClusters }, nodes }, memory: nextMemory };

  /** What the state API shows; while it is down, what it last showed and what supervisors tell (fact 24). */
  function rememberJobClusters(): FleetMemory['jobClusters'] {
    const seen = new Map<string, { readonly nodeIds: readonly string[]; readonly seenAt: number }>();
    if (state.known) {
      for (const cluster of state.value) {
        if (splitJobClusterId(cluster.id) === null) continue;
        seen.set(cluster.id, { nodeIds: [...cluster.nodes.keys()], seenAt: sources.state.last?.arrivedAt ?? 0 });
      }
      return seen;
    }
    for (const [id, each] of memory.jobClusters) {
      const parentId = splitJobClusterId(id)?.parentId;
      if (parentId === PRIMARY_CLUSTER_ID || listedIds.has(parentId ?? '')) seen.set(id, each);
    }
    for (const { clusterId, nodeId } of supervisors) {
      if (clusterId === null || splitJobClusterId(clusterId) === null) continue;
      const nodeIds = seen.get(clusterId)?.nodeIds ?? [nodeId];
      seen.set(clusterId, { nodeIds, seenAt: sources.actors.last?.arrivedAt ?? 0 });
    }
    return seen;
  }

  function nodeOf(id: string): FleetNode {
    const nodeState = stateOf(id);
    const usage = usageOf(id);
    return {
      id,
      hostname: hostnames.get(id) ?? null,
      templateId: templates.get(id) ?? null,
      clusterId: holder.get(id) ?? null,
      jobClusterId: jobHolder.get(id) ?? null,
      state: nodeState,
      isHead: live.get(id)?.isHead ?? summed.get(id)?.isHead ?? false,
      usage,
      busy: busyOf(id, usage),
    };
  }

  /** Only an explicit word makes a node dead or alive: a node that a source leaves out is unknown. */
  function stateOf(id: string): NodeState {
    const told = live.get(id)?.state;
    if (told !== undefined) return told;
    const inState = stateNodes.get(id);
    if (inState === undefined) return 'unknown';
    return inState.isDead ? 'dead' : 'alive';
  }

  function usageOf(id: string): Fact<Usage> {
    const inState = stateNodes.get(id);
    if (inState !== undefined) return known(inState.usage, 'state');
    const inSummary = summed.get(id)?.usage;
    if (inSummary !== undefined && inSummary !== null) return known(inSummary, 'summary');
    if (!summary.known) return summary;
    return unknown('not-offered', 'summary');
  }

  function busyOf(id: string, usage: Fact<Usage>): Fact<boolean> {
    if (supervisedNodes.has(id)) return known(true, 'actors');
    if (!usage.known) return usage;
    return known((usage.value.cpu?.used ?? 0) > 0 || (usage.value.gpu?.used ?? 0) > 0, usage.source);
  }

  function countsOf(cluster: ListedCluster): readonly TemplateNodes[] {
    const byTemplate = new Map<string, FleetNode[]>();
    for (const [id, { templateId }] of cluster.members) {
      const node = nodes.get(id);
      if (node === undefined) continue;
      const group = byTemplate.get(templateId);
      if (group === undefined) byTemplate.set(templateId, [node]);
      else group.push(node);
    }
    return [...byTemplate]
      .sort(([a], [b]) => compareTemplates(a, b))
      .map(([templateId, members]) => {
        const whyState = liveness.known ? unknown('not-offered', 'liveness') : liveness;
        const stateKnown = members.every((node) => node.state !== 'unknown');
        const alive = members.filter((node) => node.state === 'alive');
        const unsure = alive.find((node) => !node.busy.known)?.busy;
        const busy: Fact<number> =
          !stateKnown ? whyState
          : unsure !== undefined && !unsure.known ? unsure
          : known(alive.filter((node) => node.busy.known && node.busy.value).length, state.known ? 'state' : 'summary');
        return {
          templateId,
          count: members.length,
          dead: stateKnown ? known(members.length - alive.length, liveness.known ? 'liveness' : 'state') : whyState,
          busy,
          idle: busy.known ? known(alive.length - busy.value, busy.source) : busy,
        };
      });
  }

  function jobOf(submissionId: string, supervisor: Supervisor | undefined): ClusterJob {
    const job = jobsById.get(submissionId);
    return {
      submissionId,
      status: job !== undefined ? known(job.status, 'jobs') : jobs.known ? unknown('not-offered', 'jobs') : jobs,
      entrypoint: job?.entrypoint ?? null,
      startedAt: job?.startedAt ?? null,
      endedAt: job?.endedAt ?? null,
      supervisorNodeId: supervisor?.nodeId ?? null,
    };
  }

  function usedByOf(clusterId: string): Fact<UsedBy> {
    const jobClusters: JobCluster[] = [];
    for (const [id, each] of remembered) {
      const parts = splitJobClusterId(id);
      if (parts?.parentId !== clusterId) continue;
      const supervisor = supervisorOf.get(parts.submissionId);
      const job = jobOf(parts.submissionId, supervisor);
      const shown = state.known || supervisor !== undefined;
      const held = countByTemplate(each.nodeIds.map((nodeId) => ({ templateId: templates.get(nodeId) ?? '' })));
      jobClusters.push({
        id,
        submissionId: parts.submissionId,
        nodes: state.known ? known(Object.entries(held).map(([templateId, count]) => ({ templateId, count })), 'state') : state,
        job,
        leftover: job.status.known ? known(!['PENDING', 'RUNNING'].includes(job.status.value), 'jobs') : job.status,
        lastSeenAt: shown ? null : each.seenAt,
      });
    }
    const shared = supervisors.filter((one) => one.clusterId === clusterId).map((one) => jobOf(one.submissionId, one));
    if (!actors.known && jobClusters.length === 0) return actors;
    return known({ jobClusters, jobs: shared }, state.known ? 'state' : 'actors');
  }
}
