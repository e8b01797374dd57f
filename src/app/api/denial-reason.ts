import { clusterDenial, fleetDenial, writeDenial, type Rights } from '../../domain/change-policy.ts';
import type { Denial } from '../../domain/denial.ts';
import { text } from '../text/text.ts';

/** Why a virtual cluster, or a job cluster, may not be changed, in one sentence; null when it may. */
export function denialReason(rights: Rights, clusterId: string): string | null {
  return reasonOf(clusterDenial(rights, clusterId));
}

/** The first reason why one of several virtual clusters may not be changed; null when all may. */
export function firstDenial(
  denialOf: (clusterId: string) => string | null,
  all: readonly { readonly clusterId: string }[],
): string | null {
  return all.map(({ clusterId }) => denialOf(clusterId)).find((each) => each !== null) ?? null;
}

/** Why what concerns all virtual clusters may not be changed, in one sentence; null when it may. */
export function fleetDenialReason(rights: Rights): string | null {
  return reasonOf(fleetDenial(rights));
}

/** Why nothing at all may be changed, in one sentence; null when something may. */
export function readOnlyReason(
  rights: Pick<Rights, 'mayWrite' | 'mayNotWriteBecause' | 'mayNotWriteReason'>,
): string | null {
  return reasonOf(writeDenial(rights));
}

function reasonOf(denial: Denial | null): string | null {
  return denial === null ? null : text.problems.denial(denial);
}
