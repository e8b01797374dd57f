import type { ProfileField, ProfileProblem } from '../../../domain/cluster-profile.ts';

const fields: Record<ProfileField, string> = {
  owner: 'Owner',
  contact: 'Contact',
  purpose: 'Purpose',
  link: 'Link',
  labels: 'Labels',
};

const problems: Record<ProfileProblem, string> = {
  'too-long': 'Too long.',
  'hidden-character': 'Has a character that can not be seen.',
  'bad-link': 'Begin with https:// or mailto:',
  'bad-label': 'Words or key=value, of letters, digits and . _ / : @ + -',
  'too-many-labels': 'At most 20.',
};

/** Who a virtual cluster is for. */
export const owner = {
  title: 'Owner',
  none: 'No owner',
  edit: 'Edit owner',
  fields,
  problems,
  hints: { contact: 'Mail address, channel, …', link: 'Ticket or page', labels: 'gpu team=data' },
  setBy: (who: string) => `Set by ${who}`,
  kept: 'This is what you typed before.',
  save: 'Save owner',
  saving: 'Saving…',
  cancel: 'Cancel',
  discard: 'Discard',
  discardAsk: 'Discard what you typed?',
  failed: (detail: string) => `Not saved. ${detail}`,
  unreachable: 'No answer came, so it may or may not be saved. Save again: that is safe.',
  moved: {
    title: (who: string) => `${who} changed this meanwhile`,
    sides: { theirs: 'Theirs', mine: 'Yours' },
    nothing: 'empty',
    take: 'Continue with these',
    choose: 'Choose one of each.',
  },
  edits: {
    title: 'Earlier owners',
    /** In the journal, where a change has its outcome. */
    set: 'set',
    loading: 'Reading the journal…',
    none: 'None is kept.',
    to: (before: string, after: string) => `${before} → ${after}`,
    revert: 'Revert…',
  },
  known: {
    keeps: (id: string, whom: string) => `${id} was here before, for ${whom}. The new one keeps that.`,
    somebody: 'somebody',
    startEmpty: 'Start empty',
    emptied: 'The new one starts without an owner.',
    keep: 'Keep it after all',
  },
};
