import {
  MAX_LABEL_LENGTH,
  MAX_LABELS,
  profileLimits,
  type ProfileField,
  type ProfileProblem,
} from '../../../domain/cluster-profile.ts';

const fields: Record<ProfileField, string> = {
  owner: 'Owner',
  contact: 'Contact',
  purpose: 'Purpose',
  link: 'Link',
  labels: 'Labels',
};

function problem(field: ProfileField, what: ProfileProblem): string {
  switch (what) {
    case 'too-long':
      return field === 'labels'
        ? `At most ${String(MAX_LABEL_LENGTH)} characters each.`
        : `At most ${String(profileLimits[field])} characters.`;
    case 'hidden-character':
      return 'Has a character that can not be seen: delete it and type it anew.';
    case 'bad-link':
      return 'A whole link, without a password, that begins with https:// or mailto:';
    case 'bad-label':
      return 'Words or key=value, of letters, digits and . _ / : @ + -';
    case 'too-many-labels':
      return `At most ${String(MAX_LABELS)} labels.`;
  }
}

/** Who a virtual cluster is for. */
export const owner = {
  title: 'Owner',
  none: 'No owner',
  edit: 'Edit owner',
  fields,
  problem,
  hints: { contact: 'Mail address, channel, …', link: 'Ticket or page', labels: 'gpu team=data' },
  setBy: (who: string, ago: string) => `Set by ${who}, ${ago}`,
  kept: 'This is what you typed before.',
  save: 'Save owner',
  saving: 'Saving…',
  cancel: 'Cancel',
  discard: 'Discard',
  discardAsk: 'Discard what you typed?',
  failed: (detail: string) => `Not saved. ${detail}`,
  refused: 'Not saved: see the fields.',
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
    set: 'Set',
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
