import type { ClusterProfile, ProfileField } from '../domain/cluster-profile.ts';
import { EMPTY_PROFILE } from '../domain/cluster-profile.ts';
import type { VirtualCluster } from '../domain/fleet.ts';
import { heldReplicaSetsOf } from '../domain/held-replica-sets.ts';
import type { ReplicaSets } from '../domain/replica-sets.ts';

/** A virtual cluster as it is. `profile`: null when it is not known, as for a command that asks Ray instead of a console. */
export interface FleetCluster {
  readonly id: string;
  readonly divisible: boolean;
  /** Dead nodes included (fact 14). */
  readonly replicaSets: ReplicaSets;
  readonly profile: ClusterProfile | null;
}

/** A virtual cluster as a file wants it. `profile`: only the fields that the file names; the others are nobody's concern. */
export interface FileCluster {
  readonly id: string;
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
  readonly profile: Readonly<Partial<Pick<ClusterProfile, ProfileField>>>;
}

/** `knowsProfiles`: whether who tells of the cluster keeps profiles. */
export function fleetClusterOf(cluster: VirtualCluster, knowsProfiles: boolean): FleetCluster {
  return {
    id: cluster.id,
    divisible: cluster.divisible,
    replicaSets: heldReplicaSetsOf(cluster),
    profile: knowsProfiles ? (cluster.profile?.profile ?? EMPTY_PROFILE) : null,
  };
}
