import { profileFields, profileText, type ClusterProfile, type ProfileField } from './cluster-profile.ts';

export type ProfileSide = 'theirs' | 'mine';

/** A field that somebody else changed meanwhile. `decided`: null where both changed it, so that a person chooses. */
export interface ProfileMergeRow {
  readonly field: ProfileField;
  readonly base: string;
  readonly theirs: string;
  readonly mine: string;
  readonly decided: ProfileSide | null;
}

/** The fields that differ between what was typed and what is there now. A field that one side left alone is the other side's. */
export function profileMergeRows(
  base: ClusterProfile,
  mine: ClusterProfile,
  theirs: ClusterProfile,
): readonly ProfileMergeRow[] {
  return profileFields.flatMap((field) => {
    const [before, typed, there] = [base, mine, theirs].map((profile) => profileText(profile, field));
    if (before === undefined || typed === undefined || there === undefined || typed === there) return [];
    const decided = typed === before ? 'theirs' : there === before ? 'mine' : null;
    return [{ field, base: before, theirs: there, mine: typed, decided }];
  });
}

/** What both come to; null while a field that both changed has no choice. */
export function mergedProfile(
  base: ClusterProfile,
  mine: ClusterProfile,
  theirs: ClusterProfile,
  choices: ReadonlyMap<ProfileField, ProfileSide>,
): ClusterProfile | null {
  const sides = new Map(
    profileMergeRows(base, mine, theirs).map(({ field, decided }) => [field, decided ?? choices.get(field)]),
  );
  if ([...sides.values()].includes(undefined)) return null;
  const from = (field: ProfileField) => (sides.get(field) === 'mine' ? mine : theirs);
  return {
    owner: from('owner').owner,
    contact: from('contact').contact,
    purpose: from('purpose').purpose,
    link: from('link').link,
    labels: from('labels').labels,
  };
}
