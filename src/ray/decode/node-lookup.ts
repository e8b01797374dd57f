/** How many nodes that nobody knows are looked for in every cluster. */
const MAX_MISSES = 1_000;

/** Finds nodes of a reading. Those of a cluster come one after the other, so that a node is mostly where the one before it was. */
export function createNodeLookup<T>(clusters: readonly ReadonlyMap<string, T>[]): (nodeId: string) => T | undefined {
  let here = clusters[0];
  let misses = 0;
  return (nodeId) => {
    const found = here?.get(nodeId);
    if (found !== undefined || misses >= MAX_MISSES) return found;
    const at = clusters.find((nodes) => nodes.has(nodeId));
    if (at === undefined) misses += 1;
    else here = at;
    return at?.get(nodeId);
  };
}
