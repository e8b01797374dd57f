import { plural } from './count-text.ts';

const clusters = (value: number) => plural(value, 'virtual cluster', 'virtual clusters');

export const recreate = {
  restarted: {
    title: (at: string) => `Ray was restarted: noticed at ${at}`,
    had: (value: number) =>
      `What is shown is the new Ray, and nothing of the one before. That one had ${clusters(value)}.`,
    hadNone: 'What is shown is the new Ray, and nothing of the one before. That one had no virtual clusters.',
    allThere: (value: number) =>
      `What is shown is the new Ray. It lists ${value === 1 ? 'the virtual cluster' : `all ${clusters(value)}`} of the one before.`,
  },
  emptied: {
    title: (at: string) => `All virtual clusters went at once: noticed at ${at}`,
    had: (value: number) =>
      `Ray is the same and lists none of what it had: ${clusters(value)}, which this console did not delete.`,
  },
  open: 'Re-create…',
  close: 'Hide the list',
  list: 'Last seen virtual clusters',
  review: 'Review and create',
  reviewFor: (id: string) => `Review and create ${id}`,
  replaces: 'There is an unsaved new virtual cluster. Replace what was typed there?',
  replace: 'Replace it',
  isThere: 'There again',
  how: 'Each opens the form for a new virtual cluster with what was last seen; nothing is sent before you create it there.',
  dismiss: 'Dismiss',
  dismissMeans: 'Takes this away for everybody who uses this console.',
  failed: (why: string) => `Not dismissed: ${why}`,
};
