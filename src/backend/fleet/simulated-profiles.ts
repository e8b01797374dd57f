import { NO_PROFILE_VERSION, type ClusterProfile } from '../../domain/cluster-profile.ts';
import { LOCAL_PERSON } from '../../contract/auth-method.ts';
import { DAY } from '../journal/change-log.ts';
import type { ClusterProfiles } from './cluster-profiles.ts';

/** Before the first change of the simulated fleet. */
const SET_BEFORE = 7 * DAY;

/**
 * Sets made-up profiles where nobody ever set one, so that what somebody took away stays away. One that can't be kept is left
 * out: it is a sample, and the next start tries again.
 */
export async function recordSimulatedProfiles(
  profiles: Pick<ClusterProfiles, 'edits' | 'put'>,
  simulated: ReadonlyMap<string, ClusterProfile>,
  now: number,
): Promise<void> {
  try {
    const { edits } = await profiles.edits({}, null);
    if (edits.length > 0) return;
    for (const [clusterId, after] of simulated)
      await profiles.put(
        { clusterId, who: LOCAL_PERSON, address: '', via: 'local', at: now - SET_BEFORE, after },
        NO_PROFILE_VERSION,
      );
  } catch {
    // The journal says itself that it can't be written.
  }
}
