import type { ProfileEdit, ProfileEditQuery } from '../../contract/cluster-profile.ts';
import type { ProfileRecord } from '../../domain/cluster-profile.ts';

/** What somebody asks to set: an edit before the log has given it a version and looked up what was there. */
export type NewProfileEdit = Omit<ProfileEdit, 'version' | 'before'>;

/** `moved`: another version is there, so nothing was set; `now`: null when there is none. */
export type PutProfileOutcome =
  | { readonly kind: 'set'; readonly record: ProfileRecord }
  | { readonly kind: 'moved'; readonly now: ProfileRecord | null };

/**
 * Where profiles of virtual clusters and their edits are recorded: the port. What is set is as durable as the storage is once
 * `put` resolves; it rejects with `JournalUnwritable`. Versions are numbers of one sequence for all, so that a version is never
 * used again, whatever is forgotten.
 */
export interface ProfileLog {
  /** The profile of every virtual cluster that has one, by id. */
  all(): Promise<ReadonlyMap<string, ProfileRecord>>;
  /** Sets a profile and records the edit, both or none, if `expectedVersion` is the version there; 0 stands for none. */
  put(edit: NewProfileEdit, expectedVersion: number): Promise<PutProfileOutcome>;
  /** At most `limit` edits before a version, newest first; from the newest on for null. Old ones are forgotten as `Retention` says. */
  edits(query: ProfileEditQuery, before: number | null, limit: number): Promise<readonly ProfileEdit[]>;
  /** At most `limit` edits after a version, oldest first; from the oldest on for null. */
  editsAfter(query: ProfileEditQuery, after: number | null, limit: number): Promise<readonly ProfileEdit[]>;
  /** Forgets the profile of a virtual cluster; its edits stay. */
  forget(clusterId: string): Promise<void>;
}

/** The most edits that are kept: of one virtual cluster, so that nobody pushes out another one's, and of all. */
export const MAX_EDITS = { perCluster: 100, inAll: 10_000 } as const;

export interface ProfileRetention {
  /** For how many days edits are kept; profiles are kept without an end. */
  readonly days: number;
  /** `MAX_EDITS` when left out. */
  readonly mostEdits?: { readonly perCluster: number; readonly inAll: number };
}
