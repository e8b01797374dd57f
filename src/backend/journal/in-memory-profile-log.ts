import type { Clock } from '../../clock.ts';
import type { ProfileEdit, ProfileEditQuery } from '../../contract/cluster-profile.ts';
import { EMPTY_PROFILE, NO_PROFILE_VERSION, type ProfileRecord } from '../../domain/cluster-profile.ts';
import { DAY } from './change-log.ts';
import { MAX_EDITS, type ProfileLog, type ProfileRetention } from './profile-log.ts';

/** Keeps profiles in memory, as long as the process lives. */
export function createInMemoryProfileLog({
  clock,
  days,
  mostEdits = MAX_EDITS,
}: ProfileRetention & { readonly clock: Pick<Clock, 'now'> }): ProfileLog {
  const records = new Map<string, ProfileRecord>();
  /** Oldest first. */
  let edits: readonly ProfileEdit[] = [];
  let last = NO_PROFILE_VERSION;

  function prune(clusterId: string) {
    const before = clock.now() - days * DAY;
    let own = edits.filter((edit) => edit.clusterId === clusterId).length;
    edits = edits
      .filter((edit) => edit.clusterId !== clusterId || own-- <= mostEdits.perCluster)
      .filter(({ at }) => at >= before)
      .slice(-mostEdits.inAll);
  }

  return {
    all: () => Promise.resolve(new Map(records)),
    put(edit, expectedVersion) {
      const { clusterId, after, who, at } = edit;
      const now = records.get(clusterId) ?? null;
      if ((now?.version ?? NO_PROFILE_VERSION) !== expectedVersion) return Promise.resolve({ kind: 'moved', now });
      last += 1;
      const record = { profile: after, version: last, who, at };
      records.set(clusterId, record);
      edits = [...edits, { ...edit, version: last, before: now?.profile ?? EMPTY_PROFILE }];
      prune(clusterId);
      return Promise.resolve({ kind: 'set', record });
    },
    edits(query, before, limit) {
      const found = edits.filter((edit) => (before === null || edit.version < before) && matches(edit, query));
      return Promise.resolve(found.toReversed().slice(0, limit));
    },
    editsAfter(query, after, limit) {
      const found = edits.filter((edit) => edit.version > (after ?? NO_PROFILE_VERSION) && matches(edit, query));
      return Promise.resolve(found.slice(0, limit));
    },
    forget(clusterId) {
      records.delete(clusterId);
      return Promise.resolve();
    },
  };
}

function matches(edit: ProfileEdit, { cluster, who, since, until }: ProfileEditQuery): boolean {
  if (cluster !== undefined && edit.clusterId !== cluster) return false;
  if (who !== undefined && edit.who !== who) return false;
  return (since === undefined || edit.at >= since) && (until === undefined || edit.at < until);
}
