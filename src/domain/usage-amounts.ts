import type { Amount, ResourceUse } from './sources.ts';

/** Whether two nodes, or one node twice, have and use the same. */
export function sameUsage(one: ResourceUse, other: ResourceUse): boolean {
  if (one === other) return true;
  return (
    sameAmount(one.cpu, other.cpu) &&
    sameAmount(one.memory, other.memory) &&
    sameAmount(one.objectStore, other.objectStore) &&
    sameAmount(one.gpu, other.gpu)
  );
}

function sameAmount(one: Amount | null, other: Amount | null): boolean {
  return one === other || (one !== null && other !== null && one.used === other.used && one.total === other.total);
}
