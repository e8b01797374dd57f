import { failJobsOf, seekWork } from './jobs.ts';
import { hashOf } from './random.ts';
import { attach, changeNode, touch, type Capacity, type SimNode, type World } from './world.ts';

/** Ray notices a dead raylet so long after its death, milliseconds: between these two (fact 20). */
const NOTICED_AFTER = { least: 5000, most: 9000 } as const;

/** Ray looks for replacements so often, milliseconds (fact 21). */
const REPLACES_EVERY = 5000;

/** A node says that it started at most so long before it joined, milliseconds. */
const STARTS_WITHIN = 5000;

export const HEAD_TEMPLATE = 'head';

/** What Ray says of a node that went without a goodbye. */
const DEATH_CAUSE = 'health check failed due to missing too many heartbeats';
export const DEATH_MESSAGE = `Unexpected termination: ${DEATH_CAUSE}`;

const GIB = 1024 ** 3;
const LAB_CPUS = 2;

/** What a node of a template has: `4c8g` 4 CPUs and 8 GiB, a GPU in `gpu…`, a few CPUs where the name tells nothing. */
function capacityOf(templateId: string, jitter: number): Capacity {
  const named = /^(\d{1,4})c(\d{1,5})g/.exec(templateId);
  const isGpu = templateId.startsWith('gpu');
  const cpus = templateId === HEAD_TEMPLATE ? null : named ? Number(named[1]) : isGpu ? 32 : LAB_CPUS;
  const gib = named ? Number(named[2]) : isGpu ? 128 : 8;
  // Ray keeps about 30 % of a machine's free memory for its object store; no two machines have quite the same free.
  const free = gib * GIB * (0.93 + jitter * 0.03);
  return {
    cpus,
    gpus: isGpu ? 1 : null,
    memory: Math.floor((free * 0.7) / 4096) * 4096,
    objectStore: Math.floor((free * 0.3) / 4096) * 4096,
  };
}

/** What of a node is the machine's, and stays when Ray is started anew. */
type Machine = Pick<SimNode, 'hostname' | 'ip' | 'capacity'>;

/** A node joins, on a new machine unless one is given. */
export function addNode(world: World, templateId: string, machine: Machine | null = null): SimNode {
  const { random } = world;
  let id = random.hex(56);
  while (world.nodes.has(id)) id = random.hex(56);
  const isHead =
    templateId === HEAD_TEMPLATE && ![...world.nodes.values()].some((node) => node.isHead && node.state !== 'dead');
  const { hostname, ip, capacity } = machine ?? newMachine(world, templateId, isHead);
  const node: SimNode = {
    id,
    hostname,
    ip,
    templateId,
    isHead,
    capacity,
    startedAt: world.now - random.below(STARTS_WITHIN),
    rank: hashOf(id, world.seed),
    state: 'alive',
    diedAt: null,
    usedCpus: 0,
    cluster: null,
    jobCluster: null,
    supervised: new Set(),
    worksFor: new Set(),
  };
  world.nodes.set(id, node);
  world.free.add(node);
  touch(world);
  planReplacements(world);
  return node;
}

function newMachine(world: World, templateId: string, isHead: boolean): Machine {
  world.hosts += 1;
  const { hosts, random } = world;
  const number = String(hosts).padStart(4, '0');
  const rack = String(1 + ((hosts * 7) % 40)).padStart(2, '0');
  return {
    hostname: `${isHead ? 'head' : 'worker'}-${number}.rack-${rack}.internal`,
    ip: `10.${String(16 + (hosts >> 14))}.${String((hosts >> 7) & 127)}.${String(2 + (hosts & 127))}`,
    capacity: capacityOf(templateId, random.next()),
  };
}

/** Kills a raylet without a goodbye: for some seconds it passes for alive (fact 20). */
export function killNode(world: World, node: SimNode): void {
  if (node.state !== 'alive') return;
  changeNode(world, node, { state: 'killed' });
  const after = NOTICED_AFTER.least + world.random.below(NOTICED_AFTER.most - NOTICED_AFTER.least);
  world.events.plan(world.now + after, () => noticeDeath(world, node));
}

/** Ray takes the node for dead: it stays a member, marked nowhere but in the node list (fact 20). */
function noticeDeath(world: World, node: SimNode): void {
  if (node.state === 'dead') return;
  world.free.delete(node);
  changeNode(world, node, { state: 'dead', diedAt: world.now });
  failJobsOf(
    world,
    node,
    `The actor died because its node has died. Node Id: ${node.id}\n\tthe actor's node was terminated unexpectedly: ${DEATH_CAUSE}`,
  );
  if (node.cluster === null && node.jobCluster === null) return;
  world.deadMembers.add(node);
  touch(world, node.cluster);
  planReplacements(world);
}

/**
 * To be called when nodes became free or died: plans Ray's next look, if it would find something. Ray replaces a
 * dead member by a free node of its template, without a new revision (fact 21).
 */
export function planReplacements(world: World): void {
  if (world.replacementPlanned || !canReplace(world)) return;
  world.replacementPlanned = true;
  world.events.plan((Math.floor(world.now / REPLACES_EVERY) + 1) * REPLACES_EVERY, () => {
    world.replacementPlanned = false;
    replaceDeadMembers(world);
  });
}

function canReplace(world: World): boolean {
  for (const [templateId] of world.deadMembers.counts()) if (world.free.count(templateId) > 0) return true;
  return false;
}

function replaceDeadMembers(world: World): void {
  for (const [templateId, dead] of [...world.deadMembers.counts()]) {
    const fresh = world.free.find(templateId, dead);
    const gone = world.deadMembers.find(templateId, fresh.length);
    gone.forEach((node, index) => {
      const replacement = fresh[index];
      if (replacement === undefined) return;
      const { cluster, jobCluster } = node;
      cluster?.nodes.delete(node);
      cluster?.undivided.delete(node);
      jobCluster?.nodes.delete(node);
      node.cluster = null;
      node.jobCluster = null;
      world.deadMembers.delete(node);
      attach(world, replacement, cluster, jobCluster);
      const workplace = jobCluster ?? cluster;
      if (workplace !== null) seekWork(world, workplace);
    });
  }
}
