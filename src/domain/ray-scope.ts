import { matchesClusterPattern } from './cluster-pattern.ts';
import type { Rights } from './change-policy.ts';

/** Between a Ray and a virtual cluster in a pattern: `prod:team-a-*`. */
const SEPARATOR = ':';

/**
 * The patterns of virtual clusters that hold in one Ray of several. What stands before the first `:` says in which Rays a pattern
 * holds; without it, in every Ray. An id that has a `:` itself is matched by `*:a:b`. Null stays: all virtual clusters of all Rays.
 */
export function clustersInRay(clusters: readonly string[] | null, ray: string): readonly string[] | null {
  if (clusters === null) return null;
  return clusters.flatMap((pattern) => {
    const at = pattern.indexOf(SEPARATOR);
    if (at < 0) return [pattern];
    return matchesClusterPattern(pattern.slice(0, at), ray) ? [pattern.slice(at + 1)] : [];
  });
}

/** What somebody may do in one Ray of several. Whose patterns all name other Rays may only look. */
export function rightsInRay(rights: Rights, ray: string): Rights {
  const clusters = clustersInRay(rights.clusters, ray);
  if (!rights.mayWrite || clusters === null || clusters.length > 0) return { ...rights, clusters };
  return {
    mayWrite: false,
    mayNotWriteBecause: `You may change virtual clusters of other Rays, but none of ${ray}.`,
    mayNotWriteReason: 'other-rays',
    clusters: null,
  };
}
