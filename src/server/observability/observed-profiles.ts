import type { ProfileLog } from '../../backend/journal/profile-log.ts';
import type { Log } from './log.ts';

/** Logs each edit of an owner once it is set: who set it and of which virtual cluster. What was typed is in the journal. */
export function observeProfiles(store: ProfileLog, log: Log): ProfileLog {
  return {
    ...store,
    async put(edit, expectedVersion) {
      const outcome = await store.put(edit, expectedVersion);
      if (outcome.kind === 'set') {
        const { clusterId: cluster, who, address } = edit;
        log('info', 'owner', { cluster, who, address, version: outcome.record.version });
      }
      return outcome;
    },
  };
}
