import { matchesClusterPattern } from '../domain/cluster-pattern.ts';

/** What somebody may do: the server decides by it, and the page shows by it what it would decide. */
export interface Rights {
  readonly mayWrite: boolean;
  /** Why not, in words; null when writing is allowed. */
  readonly mayNotWriteBecause: string | null;
  /** Patterns of the ids that may be changed (`team-a-*`); null for all. */
  readonly clusters: readonly string[] | null;
}

/** Why nothing may be changed at all, in one sentence; null when something may. */
export function writeDenialReason({
  mayWrite,
  mayNotWriteBecause,
}: Pick<Rights, 'mayWrite' | 'mayNotWriteBecause'>): string | null {
  return mayWrite ? null : (mayNotWriteBecause ?? 'You may not write.');
}

/** Why a virtual cluster, or a job cluster, may not be changed, in one sentence; null when it may. */
export function denialReason(rights: Rights, clusterId: string): string | null {
  if (!rights.mayWrite) return writeDenialReason(rights);
  if (rights.clusters === null || rights.clusters.some((pattern) => matchesClusterPattern(pattern, clusterId)))
    return null;
  return `You may change only virtual clusters named ${rights.clusters.join(' or ')}.`;
}

/** Why what concerns all virtual clusters may not be changed, in one sentence; null when it may. */
export function fleetDenialReason(rights: Rights): string | null {
  if (!rights.mayWrite) return writeDenialReason(rights);
  if (rights.clusters === null || rights.clusters.includes('*')) return null;
  return `You may change only virtual clusters named ${rights.clusters.join(' or ')}, and this concerns all.`;
}
