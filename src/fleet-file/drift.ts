import {
  changedProfileFields,
  EMPTY_PROFILE,
  type ClusterProfile,
  type ProfileField,
} from '../domain/cluster-profile.ts';
import { compareNames } from '../domain/natural-order.ts';
import type { Goal } from '../domain/plan/plan.ts';
import { sameReplicaSets, type ReplicaSets } from '../domain/replica-sets.ts';
import type { FileCluster, FleetCluster } from './fleet-cluster.ts';

/** How one virtual cluster is not as the file wants it. */
export type Drift =
  /** Only in the file. */
  | { readonly kind: 'missing'; readonly clusterId: string; readonly want: FileCluster }
  /** Only in the fleet. */
  | { readonly kind: 'unknown'; readonly clusterId: string; readonly has: FleetCluster }
  | {
      readonly kind: 'differs';
      readonly clusterId: string;
      readonly want: FileCluster;
      readonly has: FleetCluster;
      readonly replicaSets: boolean;
      /** Ray changes it by no request: somebody must delete the virtual cluster and create it again. */
      readonly divisible: boolean;
      readonly profile: readonly ProfileField[];
    };

/** All drift, in the order of ids. Equal clusters are left out. */
export function driftOf(file: readonly FileCluster[], fleet: readonly FleetCluster[]): readonly Drift[] {
  const wanted = new Map(file.map((cluster) => [cluster.id, cluster]));
  const there = new Map(fleet.map((cluster) => [cluster.id, cluster]));
  const found = [
    ...file.flatMap((want): Drift[] => {
      const has = there.get(want.id);
      return has === undefined ? [{ kind: 'missing', clusterId: want.id, want }] : difference(want, has);
    }),
    ...fleet.flatMap((has): Drift[] => (wanted.has(has.id) ? [] : [{ kind: 'unknown', clusterId: has.id, has }])),
  ];
  return found.toSorted((a, b) => compareNames(a.clusterId, b.clusterId));
}

function difference(want: FileCluster, has: FleetCluster): Drift[] {
  const replicaSets = !sameReplicaSets(want.replicaSets, has.replicaSets);
  const divisible = want.divisible !== has.divisible;
  const profile = has.profile === null ? [] : changedProfileFields(has.profile, { ...has.profile, ...want.profile });
  if (!replicaSets && !divisible && profile.length === 0) return [];
  return [{ kind: 'differs', clusterId: want.id, want, has, replicaSets, divisible, profile }];
}

/** Whether the fleet is not as the file wants it. What the file does not name is wrong only where it shall be pruned. */
export function isDrift(drift: readonly Drift[], { prune }: { readonly prune: boolean }): boolean {
  return drift.some(({ kind }) => prune || kind !== 'unknown');
}

export interface Application {
  /** For a plan. */
  readonly goals: readonly Goal[];
  /** To be set once the plan is finished: nobody keeps the profile of what does not exist yet. */
  readonly profiles: readonly { readonly clusterId: string; readonly profile: ClusterProfile }[];
  /** Divisible in one and not in the other: their replica sets are left as they are. */
  readonly notApplied: readonly string[];
  /** What the file does not name, and stays. */
  readonly kept: readonly string[];
}

/** What makes the fleet as the file wants it. Only `prune` deletes. */
export function applicationOf(drift: readonly Drift[], { prune }: { readonly prune: boolean }): Application {
  const goals: Goal[] = [];
  const profiles: { clusterId: string; profile: ClusterProfile }[] = [];
  const notApplied: string[] = [];
  const kept: string[] = [];
  const goal = (clusterId: string, divisible: boolean, from: ReplicaSets | null, to: ReplicaSets | null) =>
    goals.push({ clusterId, divisible, from, to });
  for (const each of drift) {
    const { clusterId } = each;
    switch (each.kind) {
      case 'missing': {
        const { divisible, replicaSets, profile } = each.want;
        goal(clusterId, divisible, null, replicaSets);
        if (Object.keys(profile).length > 0) profiles.push({ clusterId, profile: { ...EMPTY_PROFILE, ...profile } });
        break;
      }
      case 'unknown':
        if (prune) goal(clusterId, each.has.divisible, each.has.replicaSets, null);
        else kept.push(clusterId);
        break;
      case 'differs':
        if (each.divisible) notApplied.push(clusterId);
        else if (each.replicaSets) goal(clusterId, each.has.divisible, each.has.replicaSets, each.want.replicaSets);
        if (each.profile.length > 0)
          profiles.push({ clusterId, profile: { ...EMPTY_PROFILE, ...each.has.profile, ...each.want.profile } });
        break;
    }
  }
  return { goals, profiles, notApplied, kept };
}
