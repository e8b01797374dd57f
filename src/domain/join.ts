import { PRIMARY_CLUSTER_ID } from './cluster-id.ts';
import { current, known, reading } from './sourced.ts';
import { judgeDivision, observeClusters } from './division.ts';
import type { Fleet, VirtualCluster } from './fleet.ts';
import type { FleetMemory } from './fleet-memory.ts';
import type { FleetSources } from './fleet-sources.ts';
import { joinFreePool } from './free-pool.ts';
import { createUsageLookup, observeJobClusters, pruneRemoved, type JobReadings } from './job-clusters.ts';
import { indexNodes } from './node-index.ts';
import { joinNodes } from './join-nodes.ts';
import { createAbsenceTracker, livenessSource } from './node-states.ts';
import { reuseIfEqual } from './deep-equal.ts';
import { whyOmitted } from './template-counts.ts';

/**
 * Joins all sources into one fleet. A value whose source fails is unknown, never zero and never an older value.
 * Unchanged nodes and clusters, an unchanged pool and an unchanged map of nodes keep object identity with
 * `memory.fleet`.
 */
export function joinFleet(sources: FleetSources, memory: FleetMemory): { fleet: Fleet; memory: FleetMemory } {
  const state = current(sources.state, 'state');
  const liveness = current(sources.liveness, 'liveness');
  const actors = current(sources.actors, 'actors');
  const list = sources.list.last?.value ?? [];
  const listArrivedAt = sources.list.last?.arrivedAt ?? null;

  const running: JobReadings = { state: reading(sources.state), actors: reading(sources.actors) };
  const jobClusters = observeJobClusters(running, memory.jobClusters, memory.removed, list);
  const jobHolders = new Map<string, string>();
  for (const [id, { nodeIds }] of jobClusters) for (const nodeId of nodeIds) jobHolders.set(nodeId, id);
  const index = indexNodes(sources, memory.index);
  const absences = createAbsenceTracker(listArrivedAt, nodeListBegunAt(sources), memory.absences);
  const listedSince = memory.listedSince ?? listArrivedAt;
  const listedClusters = observeClusters(list, listArrivedAt ?? 0, memory.listed);
  const division = judgeDivision({
    listed: listedClusters,
    state: sources.state,
    supervisors: actors.known ? actors.value : [],
    seen: jobClusters,
    isDead: (nodeId) => index.liveness.get(nodeId)?.state === 'dead',
  });
  const { nodes, learned, counters } = joinNodes(sources, index, jobHolders, division, absences, memory);

  const usedBy = createUsageLookup({
    seen: jobClusters,
    state,
    actors,
    jobs: current(sources.jobs, 'jobs'),
    templateOf: (nodeId) => learned.get(nodeId)?.templateId ?? null,
    holderOf: (nodeId) => nodes.get(nodeId)?.clusterId ?? null,
  });
  const countSources = {
    states: livenessSource(liveness, state) ?? 'liveness',
    usage: state.known ? 'state' : 'summary',
    whyDoubtful: whyOmitted(liveness),
  } as const;
  const previous = memory.fleet;
  const clusters = new Map<string, VirtualCluster>();
  for (const { id, divisible, revision } of list) {
    const templates = counters.get(id)?.counts(countSources) ?? [];
    clusters.set(
      id,
      reuseIfEqual(previous?.clusters.get(id), { id, divisible, revision, templates, usedBy: usedBy(id, divisible) }),
    );
  }
  const poolUsedBy = usedBy(PRIMARY_CLUSTER_ID, true);
  const poolJobClusters = poolUsedBy.known ? known(poolUsedBy.value.jobClusters, poolUsedBy.source) : poolUsedBy;
  const pool = reuseIfEqual(previous?.pool, {
    ...joinFreePool(sources, nodes, listedSince),
    jobClusters: poolJobClusters,
  });
  const fleet = { clusters, pool, nodes };
  return {
    fleet,
    memory: {
      knownNodes: learned,
      fleet,
      jobClusters,
      removed: pruneRemoved(memory.removed, running),
      absences: absences.recorded(),
      listedSince,
      listed: listedClusters,
      index,
    },
  };
}

/** When the current reading of all nodes began: of the node list, or else of the state API, which dead nodes leave (fact 20). */
function nodeListBegunAt(sources: FleetSources): number | null {
  return (reading(sources.liveness) ?? reading(sources.state))?.begunAt ?? null;
}
