import type { Reading, SourceState, UnknownReason } from '../../domain/sourced.ts';
import type { FleetSources } from '../../domain/fleet-sources.ts';
import { countByTemplate } from '../../domain/replica-sets.ts';
import { parseRevision, type Revision } from '../../domain/revision.ts';
import type {
  ListedCluster,
  ListedJob,
  LiveNode,
  StateCluster,
  StateNode,
  SummaryNode,
  Supervisor,
  ResourceUse,
} from '../../domain/sources.ts';
import { listedJob } from './jobs.ts';

/** A node in short form: by default alive, idle and not the head. */
interface SmallNode {
  readonly id: string;
  readonly template: string;
  readonly dead?: boolean;
  readonly head?: boolean;
  /** CPUs in use, of 4. */
  readonly cpus?: number;
  /** Bytes of memory in use, of 8. */
  readonly memory?: number;
}

/** A fleet in short form, from which `readings` derives what each source reports. */
export interface SmallFleet {
  readonly nodes: readonly SmallNode[];
  /** Members by cluster id. */
  readonly clusters: Readonly<Record<string, readonly string[]>>;
  readonly divisible?: readonly string[];
  /** Revisions by cluster id; one that is left out has the same in every fleet. */
  readonly revisions?: Readonly<Record<string, Revision>>;
  /** Nodes by job cluster id. */
  readonly jobClusters?: Readonly<Record<string, readonly string[]>>;
  readonly supervisors?: readonly Supervisor[];
  /** The node of a job's driver is its supervisor's, unless it is given. */
  readonly jobs?: readonly (Pick<ListedJob, 'submissionId' | 'status'> & Partial<Pick<ListedJob, 'driverNodeId'>>)[];
}

export const nothingRead: FleetSources = {
  list: notRead(),
  liveness: notRead(),
  state: notRead(),
  summary: notRead(),
  actors: notRead(),
  jobs: notRead(),
};

/** Successful readings of some sources. `at`: when they began and arrived, ms since 1970. */
export function readings(
  fleet: SmallFleet,
  names: readonly (keyof FleetSources)[],
  at: number | { readonly begunAt: number; readonly arrivedAt: number } = 1_000,
): Partial<FleetSources> {
  const times = typeof at === 'number' ? { begunAt: at, arrivedAt: at } : at;
  const all: FleetSources = {
    list: read(listOf(fleet), times),
    liveness: read(livenessOf(fleet), times),
    state: read(stateOf(fleet), times),
    summary: read(summaryOf(fleet), times),
    actors: read(fleet.supervisors ?? [], times),
    jobs: read(jobsOf(fleet), times),
  };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

/** The sources with some of them failing, which keep their last readings. */
export function failing(
  sources: FleetSources,
  names: readonly (keyof FleetSources)[],
  reason: UnknownReason = 'failed',
): FleetSources {
  return {
    ...sources,
    ...Object.fromEntries(names.map((name) => [name, { ...sources[name], failure: { reason, since: 0 } }])),
  };
}

export function revision(digits: string): Revision {
  const parsed = parseRevision(digits);
  if (parsed === null) throw new Error(digits);
  return parsed;
}

function notRead(): SourceState<never> {
  return { last: null, failure: null };
}

function read<T>(value: T, times: Omit<Reading<T>, 'value'>): SourceState<T> {
  return { last: { value, ...times }, failure: null };
}

function listOf({ nodes, clusters, divisible = [], revisions = {} }: SmallFleet): readonly ListedCluster[] {
  return Object.entries(clusters).map(([id, ids]) => {
    const members = nodes
      .filter((node) => ids.includes(node.id))
      .map((node) => [node.id, { hostname: `host-${node.id}`, templateId: node.template }] as const);
    return {
      id,
      divisible: divisible.includes(id),
      revision: revisions[id] ?? revision('1795469080484243902'),
      members: new Map(members),
    };
  });
}

function livenessOf({ nodes }: SmallFleet): ReadonlyMap<string, LiveNode> {
  return new Map(
    nodes.map(({ id, dead = false, head = false }) => [
      id,
      { state: dead ? 'dead' : 'alive', isHead: head, diedAt: dead ? 1 : null, message: null },
    ]),
  );
}

function usageOf({ cpus = 0, memory = 0 }: SmallNode): ResourceUse {
  return { cpu: { used: cpus, total: 4 }, gpu: null, memory: { used: memory, total: 8 }, objectStore: null };
}

/** As Ray reports it: live nodes only (fact 20), and the free pool as the primary cluster's undivided nodes (fact 15). */
function stateOf({ nodes, clusters, divisible = [], jobClusters = {} }: SmallFleet): readonly StateCluster[] {
  const alive = nodes.filter((node) => node.dead !== true);
  const row = (id: string, ids: readonly string[], children: readonly string[], isDivisible: boolean): StateCluster => {
    const members = alive.filter((node) => ids.includes(node.id));
    const undivided = members.filter(
      (node) => !children.some((child) => (clusters[child] ?? jobClusters[child] ?? []).includes(node.id)),
    );
    const inState = (node: SmallNode): StateNode => ({
      hostname: `host-${node.id}`,
      templateId: node.template,
      isDead: false,
      usage: usageOf(node),
    });
    return {
      id,
      divisible: isDivisible,
      jobClusterIds: children.filter((child) => child.includes('##')),
      nodes: new Map(members.map((node) => [node.id, inState(node)])),
      undivided: countByTemplate(undivided.map((node) => ({ templateId: node.template }))),
    };
  };
  const childrenOf = (id: string) => Object.keys(jobClusters).filter((child) => child.startsWith(`${id}##`));
  return [
    row(
      'kPrimaryClusterID',
      alive.map(({ id }) => id),
      [...Object.keys(clusters), ...childrenOf('kPrimaryClusterID')],
      true,
    ),
    ...Object.entries(clusters).map(([id, ids]) => row(id, ids, childrenOf(id), divisible.includes(id))),
    ...Object.entries(jobClusters).map(([id, ids]) => row(id, ids, [], false)),
  ];
}

function summaryOf({ nodes }: SmallFleet): ReadonlyMap<string, SummaryNode> {
  const alive = nodes.filter((node) => node.dead !== true);
  return new Map(
    alive.map((node) => [
      node.id,
      {
        state: 'alive',
        hostname: `host-${node.id}`,
        templateId: node.template,
        isHead: node.head ?? false,
        usage: usageOf(node),
      },
    ]),
  );
}

function jobsOf({ jobs = [], supervisors = [] }: SmallFleet): readonly ListedJob[] {
  return jobs.map(({ submissionId, ...job }) =>
    listedJob(submissionId, {
      driverNodeId: supervisors.find((each) => each.submissionId === submissionId)?.nodeId ?? null,
      ...job,
    }),
  );
}
