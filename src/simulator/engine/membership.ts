import { markChanged, type Cluster, type JobCluster, type SimNode, type World } from './world.ts';

/** Moves a free node into a virtual cluster, a job cluster, or both. */
export function assignNode(world: World, node: SimNode, cluster: Cluster | null, jobCluster: JobCluster | null): void {
  world.freePool.delete(node);
  node.cluster = cluster;
  node.jobCluster = jobCluster;
  cluster?.nodes.add(node);
  if (jobCluster === null) cluster?.undivided.add(node);
  jobCluster?.nodes.add(node);
  markChanged(world, cluster);
}

/** Removes a node from its clusters. It returns to the free pool unless it is dead. */
export function releaseNode(world: World, node: SimNode): void {
  const { cluster } = node;
  cluster?.nodes.delete(node);
  cluster?.undivided.delete(node);
  node.jobCluster?.nodes.delete(node);
  node.cluster = null;
  node.jobCluster = null;
  if (node.state === 'dead') world.deadMembers.delete(node);
  else world.freePool.add(node);
  markChanged(world, cluster);
}

/** Moves a member into a job cluster of its virtual cluster, or back to the undivided nodes (null). */
export function moveToJobCluster(world: World, node: SimNode, jobCluster: JobCluster | null): void {
  const { cluster } = node;
  if (cluster === null) return;
  node.jobCluster?.nodes.delete(node);
  cluster.undivided.delete(node);
  node.jobCluster = jobCluster;
  if (jobCluster === null) cluster.undivided.add(node);
  else jobCluster.nodes.add(node);
  markChanged(world, cluster);
}

/** Whether all CPUs are used of a node that Ray considers alive (fact 18). */
function isFull(node: SimNode): boolean {
  return (
    node.state !== 'dead' &&
    node.capacity.cpus !== null &&
    node.capacity.cpus > 0 &&
    node.usedCpus >= node.capacity.cpus
  );
}

/** Updates a node's state or usage, and the count of full nodes with it. */
export function updateNode(
  world: World,
  node: SimNode,
  change: Partial<Pick<SimNode, 'state' | 'diedAt' | 'usedCpus'>>,
): void {
  const before = isFull(node);
  Object.assign(node, change);
  world.fullNodeCount += Number(isFull(node)) - Number(before);
  markChanged(world);
}
