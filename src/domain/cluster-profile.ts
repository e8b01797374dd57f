import { hasHiddenCharacter, oneLine } from './visible-text.ts';

/** Who a virtual cluster is for, in people's words. Kept by the console, never sent to Ray. Empty text: not given. */
export interface ClusterProfile {
  readonly owner: string;
  /** How to reach the owner: a mail address, a channel, a phone number. */
  readonly contact: string;
  readonly purpose: string;
  /** A ticket or a page, `https:` or `mailto:`. */
  readonly link: string;
  /** `key=value` or plain, in the order that they were given. */
  readonly labels: readonly string[];
}

/** A profile as it was set last, by whom and when. Versions of one id ascend, also over a deletion of the cluster. */
export interface ProfileRecord {
  readonly profile: ClusterProfile;
  readonly version: number;
  readonly who: string;
  /** Ms since 1970. */
  readonly at: number;
}

export const profileFields = ['owner', 'contact', 'purpose', 'link', 'labels'] as const;
export type ProfileField = (typeof profileFields)[number];

export const EMPTY_PROFILE: ClusterProfile = { owner: '', contact: '', purpose: '', link: '', labels: [] };

/** The version of a profile that was never set. */
export const NO_PROFILE_VERSION = 0;

/** Most characters of each text: the fleet carries the profile of each virtual cluster to every page. */
export const profileLimits = { owner: 80, contact: 120, purpose: 280, link: 400 } as const;
export const MAX_LABELS = 20;
export const MAX_LABEL_LENGTH = 64;

export const profileProblems = [
  'too-long',
  /** A control character, or one that turns the direction of what stands after it. */
  'hidden-character',
  'bad-link',
  'bad-label',
  'too-many-labels',
] as const;
export type ProfileProblem = (typeof profileProblems)[number];

export type CheckedProfile =
  | { readonly ok: true; readonly profile: ClusterProfile }
  | { readonly ok: false; readonly problems: Readonly<Partial<Record<ProfileField, ProfileProblem>>> };

/**
 * Trims what was typed, and says what may not be kept. Texts are one line each: line breaks and runs of white space become a
 * space. Repeated labels are kept once.
 */
export function checkProfile(typed: ClusterProfile): CheckedProfile {
  const profile: ClusterProfile = {
    owner: oneLine(typed.owner),
    contact: oneLine(typed.contact),
    purpose: oneLine(typed.purpose),
    link: typed.link.trim(),
    labels: [...new Set(typed.labels.map(oneLine).filter((label) => label !== ''))],
  };
  const found = profileFields.flatMap((field) => {
    const problem = problemOf(field, profile);
    return problem === null ? [] : [[field, problem] as const];
  });
  return found.length === 0 ? { ok: true, profile } : { ok: false, problems: Object.fromEntries(found) };
}

/** A word, or two with `=` between them: no separators, quotes or brackets, so that labels can stand in a list or a command. */
const LABEL = /^[\p{L}\p{M}\p{N}._/:@+-]+(=[\p{L}\p{M}\p{N}._/:@+-]*)?$/u;

function problemOf(field: ProfileField, profile: ClusterProfile): ProfileProblem | null {
  if (field === 'labels') return labelsProblem(profile.labels);
  const text = profile[field];
  if (hasHiddenCharacter(text)) return 'hidden-character';
  if (text.length > profileLimits[field]) return 'too-long';
  return field === 'link' && text !== '' && !isSafeLink(text) ? 'bad-link' : null;
}

function labelsProblem(labels: readonly string[]): ProfileProblem | null {
  if (labels.length > MAX_LABELS) return 'too-many-labels';
  if (labels.some((label) => hasHiddenCharacter(label))) return 'hidden-character';
  if (labels.some((label) => label.length > MAX_LABEL_LENGTH)) return 'too-long';
  return labels.every((label) => LABEL.test(label)) ? null : 'bad-label';
}

/** Whether a link leads to a page or a mail, and neither runs anything nor carries a password. */
function isSafeLink(link: string): boolean {
  if (/[\s\\]/u.test(link) || !URL.canParse(link)) return false;
  const { protocol, hostname, username, password, pathname } = new URL(link);
  if (protocol === 'mailto:') return isMailAddress(pathname);
  return protocol === 'https:' && /^https:\/\//i.test(link) && hostname !== '' && username === '' && password === '';
}

/** Whether a text is nothing but a mail address, which may then become a link. */
export function isMailAddress(text: string): boolean {
  return /^[\w.!#$%&'*+/=^`{|}~-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*$/u.test(text);
}

export function isEmptyProfile(profile: ClusterProfile): boolean {
  return changedProfileFields(EMPTY_PROFILE, profile).length === 0;
}

/** One field as text: labels with a space between them, as they are typed. */
export function profileText(profile: ClusterProfile, field: ProfileField): string {
  return field === 'labels' ? profile.labels.join(' ') : profile[field];
}

/** The fields in which two profiles differ, in the order in which they are shown. */
export function changedProfileFields(before: ClusterProfile, after: ClusterProfile): readonly ProfileField[] {
  return profileFields.filter((field) => profileText(before, field) !== profileText(after, field));
}
