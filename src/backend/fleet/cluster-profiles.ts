import type { ProfileEditPage, ProfileEditQuery, ProfileReply } from '../../contract/cluster-profile.ts';
import type { ProfileRecord } from '../../domain/cluster-profile.ts';
import { createKeyedQueue } from '../concurrency/keyed-queue.ts';
import type { NewProfileEdit, ProfileLog, PutProfileOutcome } from '../journal/profile-log.ts';

/** The most profiles that are kept: those of virtual clusters that are gone make room, the one that was set longest ago first. */
const MAX_PROFILES = 10_000;

/** How many edits a page has. */
const PAGE = 100;

/** How many edits a reply about one virtual cluster has. */
const SHOWN_EDITS = 20;

/** Who the virtual clusters are for. It outlives a virtual cluster, so that it is there when its id is created again. */
export interface ClusterProfiles {
  /** The profile as it is shown; null before it was read, and when there is none. */
  shown(clusterId: string): ProfileRecord | null;
  /** The profile and its newest edits. */
  read(clusterId: string): Promise<ProfileReply>;
  /** One page of the edits of all that match, newest first, before a version. */
  edits(query: ProfileEditQuery, before: number | null): Promise<ProfileEditPage>;
  /** Rejects with `JournalUnwritable`: then nothing was set. */
  put(edit: NewProfileEdit, expectedVersion: number): Promise<PutProfileOutcome>;
}

/** `onChanged`: what is shown of a virtual cluster changed. `isListed`: whether Ray has one of this id, as far as is known. */
export function createClusterProfiles(parts: {
  readonly log: ProfileLog;
  readonly isListed: (clusterId: string) => boolean;
  readonly onChanged: () => void;
  readonly most?: number;
}): ClusterProfiles {
  const { log, isListed, onChanged, most = MAX_PROFILES } = parts;
  const records = new Map<string, ProfileRecord>();
  const queue = createKeyedQueue();
  const loaded = load();

  async function load(): Promise<void> {
    try {
      for (const [id, record] of await log.all()) records.set(id, record);
    } catch {
      // The first edit of each conflicts then, and shows what is stored.
    }
    if (records.size > 0) onChanged();
  }

  async function makeRoom(): Promise<void> {
    if (records.size <= most) return;
    const gone = [...records].filter(([id]) => !isListed(id)).toSorted(([, a], [, b]) => a.at - b.at);
    for (const [id] of gone.slice(0, records.size - most)) {
      await log.forget(id);
      records.delete(id);
    }
  }

  return {
    shown: (clusterId) => records.get(clusterId) ?? null,
    async read(clusterId) {
      await loaded;
      const edits = await log.edits({ cluster: clusterId }, null, SHOWN_EDITS);
      return { now: records.get(clusterId) ?? null, edits };
    },
    async edits(query, before) {
      const edits = await log.edits(query, before, PAGE);
      return { edits, next: edits.length < PAGE ? null : (edits.at(-1)?.version ?? null) };
    },
    put: (edit, expectedVersion) =>
      queue.run(edit.clusterId, async () => {
        await loaded;
        const outcome = await log.put(edit, expectedVersion);
        if (outcome.kind === 'moved') {
          if (outcome.now !== null) records.set(edit.clusterId, outcome.now);
          return outcome;
        }
        records.set(edit.clusterId, outcome.record);
        onChanged();
        // What was set is set, whether or not others could be forgotten.
        await makeRoom().catch(() => undefined);
        return outcome;
      }),
  };
}

/** Puts each profile beside its virtual cluster. One that changed in neither keeps object identity, which the versions rest on. */
export function createProfiledClusters<T extends { readonly profile?: ProfileRecord | undefined }>(
  profileOf: (clusterId: string) => ProfileRecord | null,
): (clusters: ReadonlyMap<string, T>) => ReadonlyMap<string, T> {
  let last = new Map<string, { readonly from: T; readonly profile: ProfileRecord; readonly shown: T }>();
  return (clusters) => {
    const kept: typeof last = new Map();
    for (const [id, from] of clusters) {
      const profile = profileOf(id);
      if (profile === null) continue;
      const before = last.get(id);
      const isSame = before?.from === from && before.profile === profile;
      kept.set(id, isSame ? before : { from, profile, shown: { ...from, profile } });
    }
    last = kept;
    if (kept.size === 0) return clusters;
    return new Map([...clusters].map(([id, cluster]) => [id, kept.get(id)?.shown ?? cluster]));
  };
}
