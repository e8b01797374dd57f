import { splitJobClusterId } from '../../../domain/cluster-id.ts';
import { text } from '../../text/text.ts';
import type { SimulatorClient, SimulatedCluster, SimulatorSummary } from './simulator-client.ts';

/** An action on the simulated Ray; resolves with a sentence that describes what it did. */
export type Action = (control: SimulatorClient) => Promise<string>;

const words = text.simulation;

/**
 * An edit by another administrator: adds a node of the cluster's first template, or removes one if none is free. A cluster
 * without nodes gets one of the most common template.
 */
export function editBySomeoneElse(cluster: SimulatedCluster, templates: SimulatorSummary['templates']): Action {
  return async (control) => {
    const held = Object.entries(cluster.replicaSets).find(([, count]) => count > 0);
    const [templateId, before] = held ?? [mostOf(templates), 0];
    if (templateId === null) return words.cluster.nothingToEdit(cluster.id);
    for (const after of [before + 1, before - 1]) {
      if (after < 0 || !(await control.save(cluster.id, { ...cluster.replicaSets, [templateId]: after }))) continue;
      return words.cluster.edited(cluster.id, templateId, before, after);
    }
    return words.cluster.nothingToEdit(cluster.id);
  };
}

/** Starts a job; in a divisible cluster with one node of its own (fact 22). It fails at once where no node is left for it. */
export function startJob(cluster: SimulatedCluster, nodes: SimulatorSummary['nodes']): Action {
  return async (control) => {
    const undivided = nodes.find((node) => node.alive && node.clusterId === cluster.id)?.templateId;
    const templateId = undivided ?? Object.keys(cluster.replicaSets)[0];
    if (cluster.divisible && templateId === undefined) return words.cluster.noNodeForJob(cluster.id);
    const sets = cluster.divisible && templateId !== undefined ? { [templateId]: 1 } : null;
    const submissionId = await control.startJob(cluster.id, sets);
    const job = (await control.summary()).jobs.find((each) => each.submissionId === submissionId);
    if (job?.status === 'FAILED') return words.cluster.jobFailed(submissionId, cluster.id);
    return sets === null || templateId === undefined
      ? words.cluster.startedShared(submissionId, cluster.id)
      : words.cluster.startedAlone(submissionId, cluster.id, templateId);
  };
}

export function finishJob(job: SimulatorSummary['jobs'][number]): Action {
  return async (control) => {
    await control.finishJob(job.submissionId);
    const isAlone = splitJobClusterId(job.virtualClusterId) !== null;
    return isAlone ? words.jobs.finishedAlone(job.submissionId) : words.jobs.finished(job.submissionId);
  };
}

/** Kills the first node of the cluster that is alive, in a job cluster or not. */
export function killNode(cluster: SimulatedCluster, nodes: SimulatorSummary['nodes']): Action {
  return async (control) => {
    const node = nodes.find(({ alive, clusterId }) => alive && clusterId !== null && isIn(clusterId, cluster.id));
    if (node === undefined) return words.cluster.noNode(cluster.id);
    await control.killNode(node.id);
    return words.cluster.killed(node.id, node.templateId, cluster.id);
  };
}

export function addNodes(templateId: string, count: number): Action {
  return async (control) => {
    await control.addNodes(templateId, count);
    return words.nodes.added(count, templateId);
  };
}

export const keepNodesBusy: Action = async (control) => {
  await control.fill();
  return words.nodes.filled;
};

export function setUnreachable(away: boolean): Action {
  return async (control) => {
    await control.setAway(away);
    return away ? words.ray.wentAway : words.ray.cameBack;
  };
}

/** Makes the next call of one kind fail, once; faults injected earlier stay armed. */
export function injectFault(faults: SimulatorSummary['faults'], what: 'loseReply' | 'loseRequest' | 'stale'): Action {
  return async (control) => {
    const method = what === 'stale' ? 'GET' : 'POST';
    await control.setFaults([...faults, { method, path: '/virtual_clusters', times: 1, kind: what, ms: 0 }]);
    return words.ray.armed[what];
  };
}

export const restart: Action = async (control) => {
  await control.restart();
  return words.ray.restarted;
};

export const advanceClock: Action = async (control) => {
  await control.advanceClock(60_000);
  return words.ray.clockAdvanced;
};

export const letDayPass: Action = async (control) =>
  words.ray.dayPassed(new Date(await control.addPastDay()).toISOString().slice(0, 10));

export function reset(scenario: string, seed: number): Action {
  return async (control) => {
    await control.reset(scenario, seed);
    return words.reset.done(scenario, seed);
  };
}

/** Jobs that have not ended. */
export function runningJobs(jobs: SimulatorSummary['jobs']): SimulatorSummary['jobs'] {
  return jobs.filter(({ status }) => status === 'PENDING' || status === 'RUNNING');
}

function isIn(clusterId: string, parentId: string): boolean {
  return clusterId === parentId || splitJobClusterId(clusterId)?.parentId === parentId;
}

function mostOf(templates: SimulatorSummary['templates']): string | null {
  return Object.entries(templates).toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}
