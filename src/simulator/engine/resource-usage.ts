import type { SimNode, World } from './world.ts';

/**
 * Bytes of its memory and object store that a node's tasks hold now: more or less from second to second where the
 * world is lively, else none. What Ray counts of CPUs is logical, and doesn't move by itself.
 */
export function usedBytes(
  { isLively, now }: Pick<World, 'isLively' | 'now'>,
  node: SimNode,
): { readonly memory: number; readonly objectStore: number } {
  if (!isLively || node.isHead) return { memory: 0, objectStore: 0 };
  const { memory, objectStore } = node.capacity;
  const share = (turn: number) =>
    ((Math.imul(node.hashRank ^ (turn + Math.floor(now / 1000)), 0x9e3779b1) >>> 8) / 0x1000000) * 0.3;
  const works = node.usedCpus > 0 ? 0.5 : 0.05;
  return {
    memory: roundToPage(memory * (works + share(1))),
    objectStore: roundToPage(objectStore * (works + share(2))),
  };
}

function roundToPage(bytes: number): number {
  return Math.floor(bytes / 4096) * 4096;
}

/** Which order keys come in now: another one each second where the world is lively. */
export function keyOrderOf({ isLively, now }: Pick<World, 'isLively' | 'now'>, node: SimNode): number {
  return isLively ? (node.hashRank ^ Math.imul(Math.floor(now / 1000), 0x9e3779b1)) >>> 0 : node.hashRank;
}
