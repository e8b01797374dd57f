import * as z from 'zod/mini';
import type { ClusterProfile, ProfileRecord } from '../domain/cluster-profile.ts';
import { authMethod } from './auth-method.ts';
import { time } from './values.ts';

export const clusterProfile = z.object({
  owner: z.string(),
  contact: z.string(),
  purpose: z.string(),
  link: z.string(),
  labels: z.array(z.string()),
}) satisfies z.ZodMiniType<ClusterProfile>;

export const profileRecord = z.object({
  profile: clusterProfile,
  version: z.number(),
  who: z.string(),
  at: time,
}) satisfies z.ZodMiniType<ProfileRecord>;

/**
 * One edit of a profile, as the journal keeps it. `version`: the profile's, from then on. `via`, `address`: as in a change.
 * It never goes to Ray, so that it is no change and has no result.
 */
export const profileEdit = z.object({
  clusterId: z.string(),
  version: z.number(),
  who: z.string(),
  address: z.string(),
  via: authMethod,
  at: time,
  before: clusterProfile,
  after: clusterProfile,
});
export type ProfileEdit = Readonly<Omit<z.infer<typeof profileEdit>, 'before' | 'after'>> & {
  readonly before: ClusterProfile;
  readonly after: ClusterProfile;
};

/**
 * The body of `PUT /api/clusters/{id}/profile`: the whole profile, and the version that it was edited from; 0 for none.
 * Another version is there meanwhile: nothing is set, and the reply is 409.
 */
export const profileRequest = z.object({
  expectedVersion: z.number(),
  profile: clusterProfile,
});

/** `GET /api/clusters/{id}/profile`, also of a deleted virtual cluster. `now`: null when none was ever set. `edits`: newest first. */
export const profileReply = z.object({ now: z.nullable(profileRecord), edits: z.array(profileEdit) });
export interface ProfileReply {
  readonly now: ProfileRecord | null;
  readonly edits: readonly ProfileEdit[];
}

/** Which edits: one that is left out matches every edit. `since` and `until`: at or after, and before; ms since 1970. */
export interface ProfileEditQuery {
  readonly cluster?: string;
  readonly who?: string;
  readonly since?: number;
  readonly until?: number;
}

/** `GET /api/profile-edits`: newest first. `next`: the `before` of the next page; null after the last. */
export const profileEditPage = z.object({ edits: z.array(profileEdit), next: z.nullable(z.number()) });
export interface ProfileEditPage {
  readonly edits: readonly ProfileEdit[];
  readonly next: number | null;
}
