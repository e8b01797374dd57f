import { countText, nodesText } from './count-text.ts';
import * as jobWords from './job-words.ts';
import type { UnknownCause } from '../../../domain/outcome.ts';

const unknownCause: Record<UnknownCause | 'console-ended', string> = {
  'console-ended': "The console ended before it had kept Ray's answer.",
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
    reply: 'Ray confirmed it.',
    looked: "Ray's answer did not say so, but Ray shows what was asked for.",
    retries: (times: number) =>
      times === 1
        ? 'Only the revision had moved, so it was sent again.'
        : `Only the revision had moved, ${countText(times)} times, so it was sent again.`,
  },
  conflict: {
    title: 'Changed by someone else',
    theirs: (sets: string) => `Nothing was changed. Ray had: ${sets}.`,
    gone: 'Nothing was changed. The virtual cluster had been deleted.',
    unread: 'Nothing was changed. What Ray had then could not be read.',
  },
  shortage: {
    title: { grow: 'Not enough nodes', shrink: "Can't give back that many" },
    grow: (sets: string) => `Nothing was changed. Ray could add: ${sets}.`,
    shrink: (sets: string) => `Nothing was changed. Ray could take back: ${sets}.`,
    unmatched: (keys: string) => `Ray also named templates that can't be told apart: ${keys}.`,
  },
  mismatch: {
    title: "Divisible can't change",
    divisible: 'Nothing was changed. The virtual cluster is divisible, and Ray never changes that.',
    indivisible: 'Nothing was changed. The virtual cluster is indivisible, and Ray never changes that.',
  },
  inUse: {
    title: 'Still in use',
    detail: 'Nothing was changed. Something runs in it, or a job cluster still holds nodes of it.',
  },
  notFound: { title: 'Not there', detail: 'Nothing was changed. Ray has no virtual cluster of this ID.' },
  alreadyEnded: { title: 'Had ended', detail: 'Nothing was changed. The job had ended before.' },
  untilIdle: {
    title: 'Waiting until idle',
    detail: 'It is deleted as soon as nothing has used it for 5 minutes.',
    refused: (at: string) =>
      `At ${at} Ray still said that it is in use, by something that Ray does not list; so it waits again.`,
  },
  cancelled: {
    title: 'Cancelled',
    person: (who: string) => `Nothing was changed. ${who} cancelled it.`,
    changed: (sets: string, who: string | null) =>
      `Nothing was changed. It no longer was what was to be deleted: ${who ?? 'somebody'} changed it, and it had ${sets}.`,
    gone: 'Nothing was changed. The virtual cluster was gone before it was idle for long enough.',
    restarted: 'Nothing was changed. Ray was restarted, and this was asked of the Ray before.',
    askedBefore: (who: string) => `Nothing was changed. ${who} had asked for the same before, and that still waits.`,
    rightWithdrawn: (who: string) =>
      `Nothing was changed. The token ${who}, which had asked for it, is no longer valid or may no longer change this virtual cluster.`,
  },
  invalid: { title: 'Refused by Ray', detail: (message: string) => `Nothing was changed. Ray says: ${message}` },
  blocked: {
    title: 'Refused as a browser',
    detail:
      "Nothing was changed. Ray takes no changes from browsers, and something on the way made this look like a browser's.",
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
  cannotBeKnown: {
    title: "Can't be known",
    stillOnItsBase: (at: string, sets: string) =>
      `The console ended before Ray answered. Looked at again at ${at}, it was still on the revision that this was sent on, with ${sets}: most likely this never arrived.`,
    notShown: (at: string, sets: string) =>
      `The console ended before Ray answered. Looked at again at ${at}, Ray did not show this change's doing: it had ${sets}. It may have happened and been changed since, or not.`,
    notShownGone: (at: string) =>
      `The console ended before Ray answered. Looked at again at ${at}, Ray had no virtual cluster of this ID. It may have happened and been deleted since, or not.`,
    notShownJob: (at: string) =>
      `The console ended before Ray answered. Looked at again at ${at}, Ray's list of jobs did not tell what came of it.`,
    askedMoreThanOnce: (at: string, sets: string) =>
      `More than one change asked for the same, and Ray answered none of them. Looked at again at ${at}, it had ${sets}: at most one of them did it, and which one nobody can tell.`,
    anotherRay:
      'The console ended before Ray answered, and Ray was restarted since: the Ray that this was sent to is gone.',
    rayNotTold:
      'The console ended before Ray answered, and it was sent before Ray had said which session it is: nobody can tell whether this is still the same Ray.',
  },
};

interface Awaited {
  readonly clusterId: string;
  readonly templateId: string;
  readonly dead: number;
}

const soMany = ({ templateId, dead }: Awaited) => `${dead === 1 ? 'a' : countText(dead)} ${templateId}`;

const moved = {
  awaits: (of: Awaited) => `${of.clusterId} waits for ${soMany(of)}: Ray gives such a node to it first.`,
  awaited: (of: Awaited) => `${of.clusterId} waited for ${soMany(of)} then: Ray gives such a node to it first.`,
  wentTo: (of: Awaited & { readonly went: number }) =>
    `${countText(of.went)} ${of.templateId} went to ${of.clusterId}.`,
  came: (value: number) => `${nodesText(value)} added`,
  went: (value: number, isFirst: boolean) => (isFirst ? `${nodesText(value)} removed` : `${countText(value)} removed`),
  none: 'No node was added or removed.',
  more: (value: number) => `+${countText(value)}`,
  all: 'All of them',
  cameList: 'Added',
  wentList: 'Removed',
  notKept: (value: number) => `${nodesText(value)} more, not kept by name`,
  node: (name: string, templateId: string) => `${name} (${templateId})`,
  row: (shortId: string, hostname: string, templateId: string) => `${shortId} ${hostname} (${templateId})`,
};

export const panel = {
  result,
  moved,
  close: 'Close this virtual cluster',
  more: (id: string) => `More actions for ${id}`,
  divisible: 'Divisible',
  indivisible: 'Indivisible',
  divisibleMeans: 'Each job gets nodes of its own inside it.',
  indivisibleMeans: 'Its jobs share all of its nodes.',
  lastRevision: 'Last revision',
  revisionIsNoTime: 'This revision is no time.',
  revisionDigits: 'revision',
  mayNotWrite: (why: string) => `Read-only for you. ${why}`,
  connecting: 'The fleet has not been read yet.',
  notRead: {
    title: 'Not read yet',
    detail:
      "Ray's list of virtual clusters has not been read, so the console can't say whether there is one of this ID.",
  },
  gone: {
    title: 'This virtual cluster is gone',
    detail: (id: string) =>
      `It was there when you opened it; Ray's list has no ${id} any more. Somebody deleted it meanwhile.`,
  },
  missing: {
    title: 'There is no such virtual cluster',
    detail: (id: string) =>
      `Ray's list has no ${id}. It was deleted, or it never existed. Check the ID's spelling: upper and lower case differ.`,
  },
  toList: 'Go to the virtual clusters',
  toCreate: 'New virtual cluster',
  sets: {
    title: 'Replica sets',
    template: 'Template',
    have: 'Held',
    used: 'Used',
    reserved: 'Reserved',
    idle: 'Idle',
    dead: 'Dead',
    all: 'All',
    none: 'It holds no nodes. Edit it to give it some.',
    deadMeans:
      'Dead nodes stay members and count as held. Ray replaces one by itself as soon as an alive node of its template is free.',
  },
  usedBy: {
    title: 'Used by',
    nobody: 'No job runs in it, as far as Ray lists them.',
    usedUnlisted: (value: number) =>
      `${value === 1 ? '1 node is' : `${countText(value)} nodes are`} used all the same: with a driver or an actor that Ray lists as no job. Such a thing holds it too.`,
    others: 'Other drivers or detached actors may use it without being listed as jobs.',
    jobCluster: 'job cluster',
    jobId: 'submission ID',
    nodesUnknown: 'nodes:',
    status: jobWords.status,
    statusUnknown: 'status:',
    noJob: 'Ray lists no job of this ID any more.',
    doubt: {
      contested:
        'Several virtual clusters are named as the one that this job runs in, so it counts as none of theirs. Only an operator of all virtual clusters can stop it.',
      unconfirmed:
        "It names this virtual cluster as its own, but Ray's job list and list of nodes do not confirm that it runs here. Only an operator of all virtual clusters can stop it.",
    },
    cannotBeStopped: 'Its ID could name another job to Ray, so it can not be stopped from here.',
    started: jobWords.started,
    ended: (ago: string) => `ended ${ago}`,
    lastSeen: (ago: string) => `Last seen ${ago}`,
    lastSeenMeans: 'Ray does not show it now; it may be gone.',
    leftover: 'Job has ended; its nodes are still held',
    leftoverUnknown: 'Whether its job has ended:',
    list: 'Job clusters and jobs',
  },
  nodes: { title: 'Nodes' },
  history: {
    title: 'History',
    all: 'All changes in the journal',
    none: 'The console remembers nothing of it.',
    list: 'Last changes',
    failed: (why: string) => `The journal can't be read: ${why}`,
  },
  raw: {
    title: 'Raw reply',
    detail:
      "The virtual cluster as Ray's list gave it when last read, digit for digit; only white space is added here.",
    copy: 'the raw reply',
    again: 'Read again',
    hide: 'Hide',
    loading: 'Loading',
    failed: (why: string) => `It can't be shown: ${why}`,
  },
};
