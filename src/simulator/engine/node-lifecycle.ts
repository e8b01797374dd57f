import { failJobsOn, resumeWaitingJobs } from './jobs.ts';
import { hashOf } from './random.ts';
import { assignNode, updateNode } from './membership.ts';
import { markChanged, nextRevision, type Capacity, type SimNode, type Workplace, type World } from './world.ts';

/** How long Ray takes to notice a dead raylet, milliseconds (fact 20). */
const DEATH_NOTICED_AFTER_MS = { least: 5000, most: 9000 } as const;

/** How often Ray looks for replacements, milliseconds (fact 21). */
const REPLACEMENT_INTERVAL_MS = 5000;

/** The longest time from a node's start until it joins, milliseconds. */
const MAX_NODE_START_MS = 5000;

export const HEAD_TEMPLATE = 'head';

/** Ray's reason for the death of a killed raylet. */
const DEATH_CAUSE = 'health check failed due to missing too many heartbeats';
export const DEATH_MESSAGE = `Unexpected termination: ${DEATH_CAUSE}`;

const GIB = 1024 ** 3;
const LAB_CPUS = 2;

/** The capacity of a template by its name: `4c8g` has 4 CPUs and 8 GiB, `gpu…` a GPU, any other name a few CPUs. */
function capacityOf(templateId: string, jitter: number): Capacity {
  const named = /^(\d{1,4})c(\d{1,5})g/.exec(templateId);
  const isGpu = templateId.startsWith('gpu');
  const cpus = templateId === HEAD_TEMPLATE ? null : named ? Number(named[1]) : isGpu ? 32 : LAB_CPUS;
  const gib = named ? Number(named[2]) : isGpu ? 128 : 8;
  // Ray uses about 30 % of a machine's free memory for its object store; free memory varies between machines.
  const free = gib * GIB * (0.93 + jitter * 0.03);
  return {
    cpus,
    gpus: isGpu ? 1 : null,
    memory: Math.floor((free * 0.7) / 4096) * 4096,
    objectStore: Math.floor((free * 0.3) / 4096) * 4096,
  };
}

/** The part of a node that belongs to the machine and survives a restart of Ray. */
type Machine = Pick<SimNode, 'hostname' | 'ip' | 'capacity'>;

/** Adds a node, on a new machine unless one is given. */
export function addNode(world: World, templateId: string, machine: Machine | null = null): SimNode {
  const { random } = world;
  let id = random.hex(56);
  while (world.nodes.has(id)) id = random.hex(56);
  const isHead =
    templateId === HEAD_TEMPLATE && ![...world.nodes.values()].some((node) => node.isHead && node.state !== 'dead');
  const { hostname, ip, capacity } = machine ?? createMachine(world, templateId, isHead);
  const node: SimNode = {
    id,
    hostname,
    ip,
    templateId,
    isHead,
    capacity,
    startedAt: world.now - random.below(MAX_NODE_START_MS),
    hashRank: hashOf(id, world.seed),
    state: 'alive',
    diedAt: null,
    usedCpus: 0,
    cluster: null,
    jobCluster: null,
    supervisedJobs: new Set(),
    jobsUsingCpus: new Set(),
  };
  world.nodes.set(id, node);
  world.freePool.add(node);
  markChanged(world);
  scheduleReplacements(world);
  return node;
}

function createMachine(world: World, templateId: string, isHead: boolean): Machine {
  world.hostCount += 1;
  const { hostCount, random } = world;
  const number = String(hostCount).padStart(4, '0');
  const rack = String(1 + ((hostCount * 7) % 40)).padStart(2, '0');
  return {
    hostname: `${isHead ? 'head' : 'worker'}-${number}.rack-${rack}.internal`,
    ip: `10.${String(16 + (hostCount >> 14))}.${String((hostCount >> 7) & 127)}.${String(2 + (hostCount & 127))}`,
    capacity: capacityOf(templateId, random.next()),
  };
}

/** Kills a raylet: for some seconds Ray still considers it alive (fact 20). */
export function killNode(world: World, node: SimNode): void {
  if (node.state !== 'alive') return;
  updateNode(world, node, { state: 'killed' });
  const after =
    DEATH_NOTICED_AFTER_MS.least + world.random.below(DEATH_NOTICED_AFTER_MS.most - DEATH_NOTICED_AFTER_MS.least);
  world.events.schedule(world.now + after, () => markDead(world, node));
}

/** Ray notices the death: the node stays a member, and only the node list shows that it is dead (fact 20). */
function markDead(world: World, node: SimNode): void {
  if (node.state === 'dead') return;
  world.freePool.delete(node);
  updateNode(world, node, { state: 'dead', diedAt: world.now });
  failJobsOn(
    world,
    node,
    `The actor died because its node has died. Node Id: ${node.id}\n\tthe actor's node was terminated unexpectedly: ${DEATH_CAUSE}`,
  );
  if (node.cluster === null && node.jobCluster === null) return;
  world.deadMembers.add(node);
  markChanged(world, node.cluster);
  scheduleReplacements(world);
}

/**
 * Must be called when nodes become free or die. Schedules Ray's next replacement of dead members by free nodes of their
 * template (fact 21), if there is anything to replace.
 */
export function scheduleReplacements(world: World): void {
  if (world.isReplacementScheduled || !canReplace(world)) return;
  world.isReplacementScheduled = true;
  world.events.schedule((Math.floor(world.now / REPLACEMENT_INTERVAL_MS) + 1) * REPLACEMENT_INTERVAL_MS, () => {
    world.isReplacementScheduled = false;
    replaceDeadMembers(world);
  });
}

function canReplace(world: World): boolean {
  for (const [templateId] of world.deadMembers.counts()) if (world.freePool.count(templateId) > 0) return true;
  return false;
}

/** One dead member of each template and cluster at a time; the others' turn is the next round (fact 32). */
function replaceDeadMembers(world: World): void {
  for (const [templateId, count] of [...world.deadMembers.counts()]) {
    const served = new Set<Workplace | null>();
    for (const node of world.deadMembers.find(templateId, count).toReversed()) {
      const { cluster, jobCluster } = node;
      const workplace = jobCluster ?? cluster;
      const [replacement] = served.has(workplace) ? [] : world.freePool.find(templateId, 1);
      if (replacement === undefined) continue;
      served.add(workplace);
      cluster?.nodes.delete(node);
      cluster?.undivided.delete(node);
      jobCluster?.nodes.delete(node);
      node.cluster = null;
      node.jobCluster = null;
      world.deadMembers.delete(node);
      assignNode(world, replacement, cluster, jobCluster);
      // Only the replacement of a job cluster's node moves the revision (fact 33).
      if (cluster !== null && jobCluster !== null) cluster.revision = nextRevision(world);
      if (workplace !== null) resumeWaitingJobs(world, workplace);
    }
  }
  scheduleReplacements(world);
}
