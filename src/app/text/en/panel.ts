import type { UnknownCause } from '../../../domain/outcome.ts';

const count = (value: number) => value.toLocaleString('en');
const nodes = (value: number) => (value === 1 ? '1 node' : `${count(value)} nodes`);

const unknownCause: Record<UnknownCause, string> = {
  traceback: 'Ray failed while it worked on it; it may have happened before that.',
  'timed-out': 'Ray did not answer in time.',
  cut: 'The connection to Ray broke before its answer came.',
  'not-ray': 'Something other than Ray answered, such as a proxy.',
  unreadable: "Ray's answer was broken or too long.",
};

/** What came of a change, in the user's words. Sets are written as `4c8g 12, 8c16g 8`. */
const result = {
  none: 'nothing',
  waiting: { title: 'Being sent', detail: 'Ray has not answered yet.' },
  applied: {
    title: 'Done',
    reply: 'Ray did it.',
    looked: 'Ray did not answer, but it shows what was asked for.',
    retries: (times: number) =>
      times === 1
        ? 'Only the revision had moved, so it was sent again.'
        : `Only the revision had moved, ${count(times)} times, so it was sent again.`,
  },
  conflict: {
    title: 'Changed by someone else',
    theirs: (sets: string) => `Nothing was changed. Ray had: ${sets}.`,
    gone: 'Nothing was changed. The virtual cluster had been deleted.',
    unread: 'Nothing was changed. What Ray had then could not be read.',
  },
  shortage: {
    title: 'Not enough nodes',
    grow: (sets: string) => `Nothing was changed. Ray could add: ${sets}.`,
    shrink: (sets: string) => `Nothing was changed. Ray could take back: ${sets}.`,
    unmatched: (keys: string) => `Ray also named templates that can't be told apart: ${keys}.`,
  },
  mismatch: {
    title: "Divisible can't change",
    divisible: 'Nothing was changed. The virtual cluster is divisible, and Ray never changes that.',
    indivisible: 'Nothing was changed. The virtual cluster is indivisible, and Ray never changes that.',
  },
  inUse: { title: 'Still in use', detail: 'Nothing was changed. Something runs in it, or a job cluster still holds nodes of it.' },
  notFound: { title: 'Not there', detail: 'Nothing was changed. Ray has no virtual cluster of this id.' },
  invalid: { title: 'Refused by Ray', detail: (message: string) => `Nothing was changed. Ray says: ${message}` },
  blocked: {
    title: 'Refused as a browser',
    detail: "Nothing was changed. Ray takes no changes from browsers, and something on the way made this look like a browser's.",
  },
  unreachable: { title: 'Not sent', detail: 'Nothing was changed. Ray could not be reached.' },
  notApplied: {
    title: 'Did not happen',
    neverSent: 'Nothing was changed. It was not sent to Ray.',
    laterWrite: 'Nothing was changed. A later change on the same revision went through, so this one did not.',
  },
  unknown: {
    title: 'Not known yet',
    cause: unknownCause,
    notLooked: 'It may or may not have happened. The console looks again by itself.',
    looked: 'When last looked at, Ray did not show it. It may still come; the console looks again by itself.',
  },
};

const moved = {
  came: (value: number) => `${nodes(value)} came`,
  went: (value: number, isFirst: boolean) => (isFirst ? `${nodes(value)} went` : `${count(value)} went`),
  none: 'No node came or went.',
  more: (value: number) => `+${count(value)}`,
  all: 'All of them',
  cameList: 'Came',
  wentList: 'Went',
  notKept: (value: number) => `${nodes(value)} more, not kept by name`,
  node: (shortId: string, templateId: string) => `${shortId} (${templateId})`,
};

export const panel = { result, moved };
