import type { SimNode, World } from './world.ts';

/**
 * Bytes of memory and object store in use on a node: changing every second in a lively world, otherwise 0. Nodes on which no
 * job uses CPUs have none in use, as on a real Ray (fact 31). CPUs are logical in Ray, so their usage does not fluctuate.
 */
export function usedBytes(
  { isLively, isMemoryUsedEverywhere, now }: Pick<World, 'isLively' | 'isMemoryUsedEverywhere' | 'now'>,
  node: SimNode,
): { readonly memory: number; readonly objectStore: number } {
  if (!isLively || node.isHead || (node.usedCpus === 0 && !isMemoryUsedEverywhere))
    return { memory: 0, objectStore: 0 };
  const { memory, objectStore } = node.capacity;
  const share = (turn: number) =>
    ((Math.imul(node.hashRank ^ (turn + Math.floor(now / 1000)), 0x9e3779b1) >>> 8) / 0x1000000) * 0.3;
  const base = node.usedCpus > 0 ? 0.5 : 0.05;
  return {
    memory: roundToPage(memory * (base + share(1))),
    objectStore: roundToPage(objectStore * (base + share(2))),
  };
}

function roundToPage(bytes: number): number {
  return Math.floor(bytes / 4096) * 4096;
}

/** Selects the order of keys in a node's JSON: another one each second in a lively world. */
export function keyOrderOf({ isLively, now }: Pick<World, 'isLively' | 'now'>, node: SimNode): number {
  return isLively ? (node.hashRank ^ Math.imul(Math.floor(now / 1000), 0x9e3779b1)) >>> 0 : node.hashRank;
}
