import * as z from 'zod/mini';
import { clusterProfile } from '../../contract/cluster-profile.ts';
import {
  NO_PROFILE_VERSION,
  EMPTY_PROFILE,
  type ClusterProfile,
  type ProfileRecord,
} from '../../domain/cluster-profile.ts';
import type { DraftStore } from './draft-store.ts';

/** What is typed in the form of an owner: labels as one text. */
const typedProfile = z.object({
  owner: z.string(),
  contact: z.string(),
  purpose: z.string(),
  link: z.string(),
  labels: z.string(),
});
export type TypedProfile = z.infer<typeof typedProfile>;

/** What is typed and not saved, with the profile that it was edited from. It survives leaving the panel and a reload. */
const profileDraft = z.object({
  base: z.object({ version: z.number(), profile: clusterProfile }),
  typed: typedProfile,
});
export interface ProfileDraft {
  readonly base: Pick<ProfileRecord, 'version' | 'profile'>;
  readonly typed: TypedProfile;
}

const nameOf = (clusterId: string) => `profile/${clusterId}`;

/** Cheap: for whether the form opens by itself. */
export function hasProfileDraft(drafts: DraftStore, clusterId: string): boolean {
  return drafts.textOf(nameOf(clusterId)) !== '';
}

/** Null where there is none, or none that can be read. */
export function readProfileDraft(drafts: DraftStore, clusterId: string): ProfileDraft | null {
  try {
    return profileDraft.parse(JSON.parse(drafts.textOf(nameOf(clusterId))));
  } catch {
    return null;
  }
}

/** Null drops it. */
export function writeProfileDraft(drafts: DraftStore, clusterId: string, draft: ProfileDraft | null): void {
  drafts.putText(nameOf(clusterId), draft === null ? '' : JSON.stringify(draft));
}

/** What an edit starts from; of a profile that was never set, nothing. */
export function profileBaseOf(record: ProfileRecord | null): ProfileDraft['base'] {
  return record ?? { version: NO_PROFILE_VERSION, profile: EMPTY_PROFILE };
}

export function toTyped(profile: ClusterProfile): TypedProfile {
  return { ...profile, labels: profile.labels.join(' ') };
}

/** Labels are separated by white space or commas. */
export function fromTyped(typed: TypedProfile): ClusterProfile {
  return { ...typed, labels: typed.labels.split(/[\s,]+/u).filter((label) => label !== '') };
}
